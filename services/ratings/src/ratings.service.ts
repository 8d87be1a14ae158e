import { Injectable } from '@nestjs/common';
import { FaultService } from './faults/fault.service.js';
import type { Ratings } from './ratings.js';
import { RatingsStore } from './stores/ratings.store.js';

@Injectable()
export class RatingsService {
  constructor(
    private readonly store: RatingsStore,
    private readonly fault: FaultService,
  ) {}

  async find(id: number) {
    await this.fault.inject();
    return { id, ratings: await this.store.get(id) };
  }

  save(id: number, ratings: Ratings) {
    this.store.set(id, ratings);
    return { id, ratings };
  }
}
