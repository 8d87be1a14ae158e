import { defineService } from '@bookinfo/service-kit';
import { RatingsModule } from './ratings.module.js';
import { takeAnyBody } from './ratings-body.js';
import { settingsSchema } from './settings.js';

export const ratings = defineService({
  app: 'ratings',
  settings: settingsSchema,
  module: RatingsModule,
  configure: takeAnyBody,
});
