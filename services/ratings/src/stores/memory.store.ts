import { HttpException, HttpStatus } from '@nestjs/common';
import type { Ratings } from '../ratings.js';
import { RatingsStore } from './ratings.store.js';

/** Limit of products with posted ratings. With bodies of at most 16 KiB, all of them stay below 16 MiB. */
const MAX_PRODUCTS = 1000;

/** Keeps posted ratings until the process ends; every other product has the same two ratings. */
export class MemoryStore extends RatingsStore {
  readonly #posted = new Map<number, Ratings>();

  get(id: number): Ratings {
    return this.#posted.get(id) ?? { Reviewer1: 5, Reviewer2: 4 };
  }

  set(id: number, ratings: Ratings): void {
    if (this.#posted.size >= MAX_PRODUCTS && !this.#posted.has(id)) {
      const error = `ratings of ${MAX_PRODUCTS} products are kept already; only those can be replaced`;
      throw new HttpException({ error }, HttpStatus.INSUFFICIENT_STORAGE);
    }
    this.#posted.set(id, ratings);
  }
}
