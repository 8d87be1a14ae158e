import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ProbesController } from '../health/probes.controller.js';
import { Readiness } from '../health/readiness.js';
import { type Logger } from '../logging/create-logger.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { Metrics } from '../metrics/metrics.js';
import { OpenConnections } from '../server/open-connections.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { SETTINGS } from '../settings/settings.token.js';
import { UpstreamModule } from '../upstream/upstream.module.js';
import type { ServiceDefinition } from './define-service.js';
import { LOGGER } from '../logging/logger.token.js';

/** Around a service's own module: what every service has, and what its providers may ask for. */
@Global()
@Module({})
export class ServiceModule {
  static of<S extends CommonSettings>(
    { module }: ServiceDefinition<S>,
    settings: S,
    logger: Logger,
  ): DynamicModule {
    return {
      module: ServiceModule,
      imports: [UpstreamModule, module],
      controllers: [ProbesController, MetricsController],
      providers: [
        Metrics,
        OpenConnections,
        Readiness,
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
      ],
      exports: [Metrics, SETTINGS, LOGGER, UpstreamModule],
    };
  }
}
