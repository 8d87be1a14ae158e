import { randomUUID } from 'node:crypto';
import { LIVENESS_PATH, METRICS_PATH, PATH_HEADER, READINESS_PATH, VERSION_HEADER } from '@bookinfo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readiness } from '../health/readiness.provider.js';
import type { MetricsService } from '../metrics/metrics.service.js';
import { type RequestContext, withRequest } from '../request/request-context.js';
import { traceId } from '../request/trace-id.js';
import type { ServerSpan, ServerSpans } from '../tracing/server-spans.js';

/** Routes that machines call many times a minute; their lines would bury those of users' requests. */
const UNLOGGED_ROUTES = new Set<string>([LIVENESS_PATH, READINESS_PATH, METRICS_PATH]);

/** Limits of what a log line repeats of a request, in characters. */
const MAX_LOGGED_PATH = 256;
const MAX_LOGGED_ID = 128;

/**
 * Adds what every request gets: an id, a context for outgoing calls, the response headers of the contract, a log line
 * and a metric; and with `spans` a span. `hop` is the service as `<app>-<version>`.
 */
export function addRequestHooks(
  fastify: FastifyInstance,
  hop: string,
  metrics: MetricsService,
  readiness: Readiness,
  spans?: ServerSpans,
): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  const open = new WeakMap<FastifyRequest, ServerSpan>();

  fastify.addHook('onRequest', (request, _reply, done) => {
    request.headers['x-request-id'] ||= randomUUID();
    const span = spans?.begin(request.method, request.url, request.headers);
    if (span) open.set(request, span);
    contexts.set(request, { headers: span?.headers ?? request.headers, hops: [hop] });
    done();
  });

  // Not in onRequest: reading the body leaves the asynchronous context that onRequest ran in.
  fastify.addHook('preHandler', (request, _reply, done) => {
    withRequest(contexts.get(request) as RequestContext, done);
  });

  fastify.addHook('onSend', (request, reply, payload, done) => {
    reply.header(VERSION_HEADER, hop);
    reply.header(PATH_HEADER, contexts.get(request)?.hops.join(' ') ?? hop);
    reply.header('x-content-type-options', 'nosniff');
    // Otherwise a client keeps its connection, and closing waits for the keep-alive timeout.
    if (readiness.isDraining) reply.header('connection', 'close');
    done(null, payload);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    open.get(request)?.end(route, reply.statusCode);
    if (!UNLOGGED_ROUTES.has(route)) {
      request.log.info(
        {
          method: request.method,
          path: request.url.slice(0, MAX_LOGGED_PATH),
          status: reply.statusCode,
          durationMs: Math.round(reply.elapsedTime * 10) / 10,
          traceId: traceId(request.headers),
          requestId: String(request.headers['x-request-id']).slice(0, MAX_LOGGED_ID),
        },
        'request',
      );
    }
    done();
  });
}
