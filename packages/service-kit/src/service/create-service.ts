import 'reflect-metadata';
import { PATH_HEADER, VERSION_HEADER } from '@bookinfo/contract';
import type { DynamicModule, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyServerOptions, LogController } from 'fastify';
import { Readiness } from '../health/readiness.provider.js';
import type { Logger } from '../logging/create-logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { respondToClientError } from '../server/client-error.js';
import { JsonExceptionFilter } from '../server/json-exception.filter.js';
import { limitBodies } from '../server/limit-bodies.js';
import { OpenConnections } from '../server/open-connections.provider.js';
import { addRequestHooks } from '../server/request-hooks.js';
import { TIME_LIMITS } from '../server/time-limits.js';
import { respondToUnmatchedRoutes } from '../server/unmatched-routes.js';
import type { CommonSettings } from '../settings/common-settings.js';
import type { ServerSpans } from '../tracing/server-spans.js';
import type { ServiceDefinition } from './define-service.js';
import { ServiceModule } from './service.module.js';

/** Limit of a request's body, in bytes. A sign-in form and a handful of ratings are far below it. */
const MAX_BODY = 16 * 1024;

/** Instantiates the modules of an application: with NestFactory in a service, with `@nestjs/testing` in a test. */
export type Instantiate = (
  module: DynamicModule,
  adapter: FastifyAdapter,
  options: NestApplicationOptions,
) => Promise<NestFastifyApplication>;

const withNestFactory: Instantiate = (module, adapter, options) =>
  NestFactory.create<NestFastifyApplication>(module, adapter, options);

/**
 * Creates a service that is ready to listen.
 *
 * @throws {Error} when a provider can't be instantiated
 */
export async function createService<S extends CommonSettings>(
  definition: ServiceDefinition<S>,
  settings: S,
  logger: Logger,
  instantiate: Instantiate = withNestFactory,
): Promise<NestFastifyApplication> {
  const hop = `${definition.app}-${settings.SERVICE_VERSION}`;
  const identity = { [VERSION_HEADER]: hop, [PATH_HEADER]: hop };
  const options: FastifyServerOptions = {
    loggerInstance: logger,
    // addRequestHooks writes one line for each request, and needs no child logger for it.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent) => parent,
    bodyLimit: MAX_BODY,
    ...TIME_LIMITS,
    clientErrorHandler: respondToClientError(identity, (status) => reportMalformed(app, logger, status)),
    // A path that can't be decoded, such as /%zz, reaches no route and no hook.
    frameworkErrors: (_error, _request, reply) => {
      reportMalformed(app, logger, 400);
      void (reply as FastifyReply).code(400).headers(identity).send({ error: 'malformed path' });
    },
    // Loading Fastify's own schema compilers takes 20 ms, and no route has a schema.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // While the service closes, a request on an open connection still gets its response.
    return503OnClosing: false,
  };
  const app: NestFastifyApplication = await instantiate(
    ServiceModule.of(definition, settings, logger),
    new FastifyAdapter(options),
    {
      logger: new NestLogger(logger),
      abortOnError: false,
      // A service that accepts other bodies than JSON adds its parsers in configure().
      bodyParser: false,
    },
  );
  const fastify = app.getHttpAdapter().getInstance();
  app.get(OpenConnections).watch(app.getHttpServer());
  const spans = await serverSpans(definition.app, settings);
  addRequestHooks(fastify, hop, app.get(MetricsService), app.get(Readiness), spans);
  fastify.addHook('onClose', () => spans?.close());
  respondToUnmatchedRoutes(fastify);
  limitBodies(fastify, MAX_BODY);
  app.useGlobalFilters(new JsonExceptionFilter());
  await definition.configure?.(app, settings);
  await app.init();
  await fastify.ready();
  return app;
}

/** Returns what records spans; undefined unless it is asked for. */
async function serverSpans(app: string, settings: CommonSettings): Promise<ServerSpans | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, SERVICE_VERSION: version } = settings;
  if (endpoint === undefined) return undefined;
  const { openTelemetry } = await import('../tracing/open-telemetry.js');
  return openTelemetry(endpoint, app, version);
}

/** Logs and counts a request that reached no hook; its method and path are unknown. */
function reportMalformed(app: NestFastifyApplication, logger: Logger, status: number): void {
  app.get(MetricsService).observe('unknown', 'malformed', status, 0);
  logger.info({ status }, 'malformed request');
}

function noSchemas(): never {
  throw new Error('routes have no schemas: validate input with a pipe');
}
