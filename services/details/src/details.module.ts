import { Module } from '@nestjs/common';
import { BookService } from './book-service.js';
import { DetailsController } from './details.controller.js';
import { DetailsService } from './details.service.js';
import { HealthController } from './health.controller.js';

@Module({
  controllers: [DetailsController, HealthController],
  providers: [DetailsService, BookService],
})
export class DetailsModule {}
