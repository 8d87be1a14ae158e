import { LOGGER, SETTINGS } from '@bookinfo/service-kit';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { Clock } from './faults/clock.js';
import { Fault } from './faults/fault.js';
import { Random } from './faults/random.js';
import { HealthController } from './health.controller.js';
import { RatingsController } from './ratings.controller.js';
import { RatingsService } from './ratings.service.js';
import { createStore } from './stores/create-store.js';
import { RatingsStore } from './stores/ratings-store.js';

/** Apart from the module, so that a test can put another clock in. */
export const parts = {
  controllers: [RatingsController, HealthController],
  providers: [
    RatingsService,
    Fault,
    Clock,
    Random,
    { provide: RatingsStore, inject: [SETTINGS, LOGGER], useFactory: createStore },
  ],
} satisfies ModuleMetadata;

@Module(parts)
export class RatingsModule {}
