import { BACKEND_PATHS } from '@bookinfo/contract';
import { ProductIdPipe } from '@bookinfo/service-kit';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Ratings } from './ratings.js';
import { RatingsBodyPipe } from './ratings-body.js';
import { RatingsService } from './ratings.service.js';

// A wildcard, since upstream answers /ratings/7/ like any other id that isn't a number.
@Controller(`${BACKEND_PATHS.ratings}/*`)
export class RatingsController {
  constructor(private readonly ratings: RatingsService) {}

  @Get()
  find(@Param('*', ProductIdPipe) id: number) {
    return this.ratings.find(id);
  }

  @Post()
  @HttpCode(200)
  save(@Param('*', ProductIdPipe) id: number, @Body(RatingsBodyPipe) ratings: Ratings) {
    return this.ratings.save(id, ratings);
  }
}
