/** A rating as the page shows it, or the reason why there is none. */
export type Rating = { stars: number; color: string } | { error: string };

export interface Review {
  reviewer: string;
  text: string;
  /** Absent when the version has no ratings. */
  rating?: Rating;
}

/** The reviews of every product. The reviewers are those of ratings. */
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
