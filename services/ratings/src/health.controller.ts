import { HEALTH_PATH } from '@bookinfo/contract';
import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FaultService } from './faults/fault.service.js';

@Controller(HEALTH_PATH)
export class HealthController {
  constructor(private readonly fault: FaultService) {}

  // Not an exception: JsonExceptionFilter would log it, and respond with `error` in place of `status`.
  @Get()
  health(@Res({ passthrough: true }) reply: FastifyReply) {
    if (this.fault.isHealthy) return { status: 'Ratings is healthy' };
    void reply.status(HttpStatus.INTERNAL_SERVER_ERROR);
    return { status: 'Ratings is not healthy' };
  }
}
