import { BACKEND_PATHS } from '@bookinfo/contract';
import { ProductIdPipe } from '@bookinfo/service-kit';
import { Controller, Get, Param } from '@nestjs/common';
import { DetailsService } from './details.service.js';

@Controller(BACKEND_PATHS.details)
export class DetailsController {
  constructor(private readonly details: DetailsService) {}

  @Get(':id')
  find(@Param('id', ProductIdPipe) id: number) {
    return this.details.find(id);
  }
}
