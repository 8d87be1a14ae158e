/** A rating as the page shows it, or why it can't. */
export type Rating = { stars: number; color: string } | { error: string };

export interface Review {
  reviewer: string;
  text: string;
  /** Absent where the version shows no ratings. */
  rating?: Rating;
}

/** What has been written about the shop's only book; the reviewers are those that ratings knows. */
export const REVIEWS = [
  {
    reviewer: 'Reviewer1',
    text: 'Two pairs of twins, one busy harbour town and not a minute to explain: I laughed from the first mistaken hello to the last embrace.',
  },
  {
    reviewer: 'Reviewer2',
    text: 'Short, quick and kind-hearted. The plot is a knot that only Shakespeare would dare to tie, and it is a joy to see it come loose.',
  },
] as const satisfies Review[];
