import { HEALTH_PATH } from '@bookinfo/contract';
import { Controller, Get, type Type } from '@nestjs/common';

/** Returns a controller class whose `GET /health` always responds 200 with `body`. */
export function healthController(body: string | { status: string }): Type {
  @Controller(HEALTH_PATH)
  class HealthController {
    @Get()
    health() {
      return body;
    }
  }
  return HealthController;
}
