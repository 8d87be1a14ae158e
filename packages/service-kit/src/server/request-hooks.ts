import { randomUUID } from 'node:crypto';
import { LIVENESS_PATH, METRICS_PATH, PATH_HEADER, READINESS_PATH, VERSION_HEADER } from '@bookinfo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readiness } from '../health/readiness.js';
import type { Metrics } from '../metrics/metrics.js';
import { type RequestContext, withRequest } from '../request/request-context.js';
import { traceId } from '../request/trace-id.js';

/** Asked many times a minute by machines; they would drown the requests that somebody made. */
const UNLOGGED_ROUTES = new Set<string>([LIVENESS_PATH, READINESS_PATH, METRICS_PATH]);

const LONGEST_LOGGED_PATH = 256;

/** Does for every request what no handler should have to think of. */
export function addRequestHooks(
  fastify: FastifyInstance,
  hop: string,
  metrics: Metrics,
  readiness: Readiness,
): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();

  fastify.addHook('onRequest', (request, _reply, done) => {
    request.headers['x-request-id'] ||= randomUUID();
    contexts.set(request, { headers: request.headers, hops: [hop] });
    done();
  });

  // Only now: reading the body leaves the asynchronous context that onRequest ran in.
  fastify.addHook('preHandler', (request, _reply, done) => {
    withRequest(contexts.get(request) as RequestContext, done);
  });

  fastify.addHook('onSend', (request, reply, payload, done) => {
    reply.header(VERSION_HEADER, hop);
    reply.header(PATH_HEADER, contexts.get(request)?.hops.join(' ') ?? hop);
    reply.header('x-content-type-options', 'nosniff');
    // Else a client keeps its connection, and closing waits for it up to the keep-alive timeout of 72 s.
    if (readiness.isDraining) reply.header('connection', 'close');
    done(null, payload);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    if (!UNLOGGED_ROUTES.has(route)) {
      request.log.info(
        {
          method: request.method,
          path: request.url.slice(0, LONGEST_LOGGED_PATH),
          status: reply.statusCode,
          durationMs: Math.round(reply.elapsedTime * 10) / 10,
          traceId: traceId(request.headers),
          requestId: request.headers['x-request-id'],
        },
        'request',
      );
    }
    done();
  });
}
