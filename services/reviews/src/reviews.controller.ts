import { BACKEND_PATHS } from '@bookinfo/contract';
import { ProductIdPipe } from '@bookinfo/service-kit';
import { Controller, Get, Param } from '@nestjs/common';
import { ReviewsService } from './reviews.service.js';

@Controller(BACKEND_PATHS.reviews)
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get(':id')
  find(@Param('id', ProductIdPipe) id: number) {
    return this.reviews.find(id);
  }
}
