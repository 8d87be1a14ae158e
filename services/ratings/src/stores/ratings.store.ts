import type { Ratings } from '../ratings.js';

/** Where ratings are kept. */
export abstract class RatingsStore {
  /** @throws ServiceUnavailableException when they can't be had now */
  abstract get(id: number): Ratings | Promise<Ratings>;

  /** @throws HttpException when they can't be kept */
  abstract set(id: number, ratings: Ratings): void;
}
