import { healthController } from '@bookinfo/service-kit';
import { Module } from '@nestjs/common';
import { BookService } from './book.service.js';
import { DetailsController } from './details.controller.js';
import { DetailsService } from './details.service.js';

@Module({
  controllers: [DetailsController, healthController({ status: 'Details is healthy' })],
  providers: [DetailsService, BookService],
})
export class DetailsModule {}
