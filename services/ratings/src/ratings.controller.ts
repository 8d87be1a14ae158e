import { BACKEND_PATHS } from '@bookinfo/contract';
import { ProductIdPipe } from '@bookinfo/service-kit';
import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { RatingsBodyPipe } from './ratings-body.pipe.js';
import type { Ratings } from './ratings.js';
import { RatingsService } from './ratings.service.js';

// A wildcard: upstream responds to /ratings/7/ as to every id that isn't a number.
@Controller(`${BACKEND_PATHS.ratings}/*`)
export class RatingsController {
  constructor(private readonly ratings: RatingsService) {}

  @Get()
  find(@Param('*', ProductIdPipe) id: number) {
    return this.ratings.find(id);
  }

  @Post()
  @HttpCode(HttpStatus.OK)
  save(@Param('*', ProductIdPipe) id: number, @Body(RatingsBodyPipe) ratings: Ratings) {
    return this.ratings.save(id, ratings);
  }
}
