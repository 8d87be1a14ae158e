import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { RatingsClient } from './ratings-client.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsService } from './reviews.service.js';

@Module({
  controllers: [ReviewsController, HealthController],
  providers: [ReviewsService, RatingsClient],
})
export class ReviewsModule {}
