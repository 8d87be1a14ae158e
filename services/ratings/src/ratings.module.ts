import { Clock, LOGGER } from '@bookinfo/service-kit';
import { Module } from '@nestjs/common';
import { FaultService } from './faults/fault.service.js';
import { HealthController } from './health.controller.js';
import { RatingsController } from './ratings.controller.js';
import { RatingsService } from './ratings.service.js';
import { ratingsSettings } from './settings.js';
import { createStore } from './stores/create-store.js';
import { RatingsStore } from './stores/ratings.store.js';

@Module({
  controllers: [RatingsController, HealthController],
  providers: [
    RatingsService,
    FaultService,
    { provide: RatingsStore, inject: [ratingsSettings.KEY, LOGGER, Clock], useFactory: createStore },
  ],
})
export class RatingsModule {}
