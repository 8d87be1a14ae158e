import { HttpException, Injectable } from '@nestjs/common';
import type { Ratings } from '../ratings.js';
import { RatingsStore } from './ratings-store.js';

/** A body is at most 16 KiB, so all of them together stay below 16 MiB. */
const MOST_PRODUCTS = 1000;

const INSUFFICIENT_STORAGE = 507;

/** Keeps what was posted until the process ends; every other product has the same two ratings. */
@Injectable()
export class MemoryStore extends RatingsStore {
  private readonly posted = new Map<number, Ratings>();

  get(id: number): Ratings {
    return this.posted.get(id) ?? { Reviewer1: 5, Reviewer2: 4 };
  }

  set(id: number, ratings: Ratings): void {
    if (this.posted.size >= MOST_PRODUCTS && !this.posted.has(id)) {
      const error = `ratings of ${MOST_PRODUCTS} products are kept already; only those can be replaced`;
      throw new HttpException({ error }, INSUFFICIENT_STORAGE);
    }
    this.posted.set(id, ratings);
  }
}
