import { defineService } from '@bookinfo/service-kit';
import { acceptRawBodies } from './raw-body.js';
import { RatingsModule } from './ratings.module.js';
import { ratingsSettings } from './settings.js';

export const ratings = defineService({
  app: 'ratings',
  settings: ratingsSettings,
  module: RatingsModule,
  configure: acceptRawBodies,
});
