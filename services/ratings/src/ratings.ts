/** Numbers of stars, from 1 to 5, by reviewer. */
export type Ratings = Record<string, number>;

/** Tests for a number of stars. */
export const isStars = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 5;
