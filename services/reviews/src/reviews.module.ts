import { healthController } from '@bookinfo/service-kit';
import { Module } from '@nestjs/common';
import { RatingsClient } from './ratings.client.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsService } from './reviews.service.js';

@Module({
  controllers: [ReviewsController, healthController({ status: 'Reviews is healthy' })],
  providers: [ReviewsService, RatingsClient],
})
export class ReviewsModule {}
