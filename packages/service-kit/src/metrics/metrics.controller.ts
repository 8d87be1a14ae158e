import { METRICS_PATH } from '@bookinfo/contract';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Metrics } from './metrics.js';

@Controller(METRICS_PATH)
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  async scrape(@Res() reply: FastifyReply) {
    const { registry } = this.metrics;
    await reply.type(registry.contentType).send(await registry.metrics());
  }
}
