import { z } from 'zod';

const MOST_STARS = 5;

/** One entry a star, since a template can count only by walking a list. */
export interface StarsView {
  filled: null[];
  empty: null[];
  color: string;
  /** For those who don't see them. */
  name: string;
}

export interface ReviewView {
  reviewer: string;
  text: string;
  /** v1 rates nothing: then neither of these two is set. */
  stars: StarsView | undefined;
  ratingError: string | undefined;
  podname: string | undefined;
  clustername: string | undefined;
}

const rating = z.union([
  // The colour becomes part of a class's name.
  z.object({ stars: z.int().min(0).max(MOST_STARS), color: z.string().regex(/^[a-z]{1,20}$/) }),
  z.object({ error: z.string() }),
]);

/** What reviews answers, as the page shows it: the pod with each review. */
export const reviewsPanel = z
  .object({
    podname: z.string().optional(),
    clustername: z.string().optional(),
    reviews: z.array(z.object({ reviewer: z.string(), text: z.string(), rating: rating.optional() })),
  })
  .transform(({ podname, clustername, reviews }) =>
    reviews.map((review): ReviewView => ({
      reviewer: review.reviewer,
      text: review.text,
      stars: review.rating && 'stars' in review.rating ? starsView(review.rating) : undefined,
      ratingError: review.rating && 'error' in review.rating ? review.rating.error : undefined,
      podname,
      // reviews says null as a word where it knows no cluster.
      clustername: clustername === 'null' ? undefined : clustername,
    })),
  );

function starsView({ stars, color }: { stars: number; color: string }): StarsView {
  return {
    filled: Array<null>(stars).fill(null),
    empty: Array<null>(MOST_STARS - stars).fill(null),
    color,
    name: `${stars} out of ${MOST_STARS} stars, ${color}`,
  };
}
