import { defineService } from '@bookinfo/service-kit';
import { ReviewsModule } from './reviews.module.js';
import { settingsSchema } from './settings.js';

export const reviews = defineService({ app: 'reviews', settings: settingsSchema, module: ReviewsModule });
