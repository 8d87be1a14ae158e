import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../effects/clock.provider.js';
import { Random } from '../effects/random.provider.js';
import { ProbesController } from '../health/probes.controller.js';
import { Readiness } from '../health/readiness.provider.js';
import { type Logger } from '../logging/create-logger.js';
import { LOGGER } from '../logging/logger.token.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { OpenConnections } from '../server/open-connections.provider.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { asNamespace } from '../settings/define-settings.js';
import { UpstreamModule } from '../upstream/upstream.module.js';
import type { ServiceDefinition } from './define-service.js';

/** The root module: the service's own module, and the providers and controllers that every service has. */
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
      imports: [
        // The settings have been read and checked before: the logger needs them. No .env file and no variable of the
        // environment may override them here.
        ConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: true,
          skipProcessEnv: true,
          load: [asNamespace(() => settings)],
        }),
        UpstreamModule,
        module,
      ],
      controllers: [ProbesController, MetricsController],
      providers: [
        Clock,
        MetricsService,
        OpenConnections,
        Random,
        Readiness,
        { provide: LOGGER, useValue: logger },
      ],
      exports: [Clock, LOGGER, MetricsService, Random, UpstreamModule],
    };
  }
}
