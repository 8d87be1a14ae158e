import { z } from 'zod';

const MAX_STARS = 5;

/** The stars of a review. Lists with one entry a star, because a template can't count. */
export interface StarsView {
  filled: null[];
  empty: null[];
  color: string;
  /** Accessible name, for screen readers. */
  name: string;
}

/** A review on the page. */
export interface ReviewView {
  reviewer: string;
  text: string;
  /** Neither stars nor ratingError is set for reviews-v1, which has no ratings. */
  stars: StarsView | undefined;
  ratingError: string | undefined;
  podname: string | undefined;
  clustername: string | undefined;
}

const rating = z.union([
  // The colour becomes part of a CSS class.
  z.object({ stars: z.int().min(0).max(MAX_STARS), color: z.string().regex(/^[a-z]{1,20}$/) }),
  z.object({ error: z.string() }),
]);

/** Parses a response of reviews into reviews of the page, each with the pod that served it. */
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
      // reviews sends the text null when CLUSTER_NAME is unset.
      clustername: clustername === 'null' ? undefined : clustername,
    })),
  );

function starsView({ stars, color }: { stars: number; color: string }): StarsView {
  return {
    filled: Array<null>(stars).fill(null),
    empty: Array<null>(MAX_STARS - stars).fill(null),
    color,
    name: `${stars} out of ${MAX_STARS} stars, ${color}`,
  };
}
