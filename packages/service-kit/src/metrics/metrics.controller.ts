import { METRICS_PATH } from '@bookinfo/contract';
import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';
import { MetricsService } from './metrics.service.js';

/** Serves the metrics to Prometheus. */
@Controller(METRICS_PATH)
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  scrape() {
    return this.metrics.registry.metrics();
  }
}
