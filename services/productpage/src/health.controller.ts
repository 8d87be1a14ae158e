import { HEALTH_PATH } from '@bookinfo/contract';
import { Controller, Get } from '@nestjs/common';

@Controller(HEALTH_PATH)
export class HealthController {
  @Get()
  health() {
    return 'Product page is healthy';
  }
}
