import 'reflect-metadata';
import { PATH_HEADER, VERSION_HEADER } from '@bookinfo/contract';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyServerOptions, LogController } from 'fastify';
import { Readiness } from '../health/readiness.js';
import type { Logger } from '../logging/create-logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { Metrics } from '../metrics/metrics.js';
import { answerClientError } from '../server/client-error.js';
import { JsonExceptionFilter } from '../server/json-exception.filter.js';
import { OpenConnections } from '../server/open-connections.js';
import { refuseLongBodies } from '../server/refuse-long-bodies.js';
import { addRequestHooks } from '../server/request-hooks.js';
import { answerUnmatchedRoutes } from '../server/unmatched-routes.js';
import type { CommonSettings } from '../settings/common-settings.js';
import type { ServiceDefinition } from './define-service.js';
import { ServiceModule } from './service.module.js';

/** A log-in form and a handful of ratings are far below this. */
const LONGEST_BODY = 16 * 1024;

/** Builds a service, ready to listen or to be tested. */
export async function createService<S extends CommonSettings>(
  definition: ServiceDefinition<S>,
  settings: S,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const hop = `${definition.app}-${settings.SERVICE_VERSION}`;
  const identity = { [VERSION_HEADER]: hop, [PATH_HEADER]: hop };
  const options: FastifyServerOptions = {
    loggerInstance: logger,
    // addRequestHooks writes the one line a request, and needs no logger of the request's own.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent) => parent,
    bodyLimit: LONGEST_BODY,
    clientErrorHandler: answerClientError(identity, (status) => reportMalformed(app, logger, status)),
    // A path that can't be decoded, such as /%zz, meets no route and no hook.
    frameworkErrors: (_error, _request, reply) => {
      reportMalformed(app, logger, 400);
      void (reply as FastifyReply).code(400).headers(identity).send({ error: 'malformed path' });
    },
    // To load Fastify's own compilers of schemas takes 20 ms; no route has a schema.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // While closing, a request that arrives on a connection already open is still answered.
    return503OnClosing: false,
  };
  const adapter = new FastifyAdapter(options);
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.of(definition, settings, logger),
    adapter,
    {
      logger: new NestLogger(logger),
      abortOnError: false,
      // Each service says in its configure() which bodies it takes.
      bodyParser: false,
    },
  );
  const fastify = app.getHttpAdapter().getInstance();
  app.get(OpenConnections).watch(app.getHttpServer());
  addRequestHooks(fastify, hop, app.get(Metrics), app.get(Readiness));
  answerUnmatchedRoutes(fastify);
  refuseLongBodies(fastify, LONGEST_BODY);
  app.useGlobalFilters(new JsonExceptionFilter());
  await definition.configure?.(app, settings);
  await app.init();
  await fastify.ready();
  return app;
}

/** Logs and counts what no hook sees: there is no method and no path to tell of. */
function reportMalformed(app: NestFastifyApplication, logger: Logger, status: number): void {
  app.get(Metrics).observe('unknown', 'malformed', status, 0);
  logger.info({ status }, 'malformed request');
}

function noSchemas(): never {
  throw new Error('routes have no schemas: pipes check what comes in');
}
