import { defineService } from '@bookinfo/service-kit';
import { ReviewsModule } from './reviews.module.js';
import { reviewsSettings } from './settings.js';

export const reviews = defineService({ app: 'reviews', settings: reviewsSettings, module: ReviewsModule });
