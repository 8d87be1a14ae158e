import type { Ratings } from '../ratings.js';

/** The store of ratings; each version has its own implementation. */
export abstract class RatingsStore {
  /** @throws {ServiceUnavailableException} when the ratings can't be read now */
  abstract get(id: number): Ratings | Promise<Ratings>;

  /** @throws {HttpException} when the ratings can't be kept */
  abstract set(id: number, ratings: Ratings): void;
}
