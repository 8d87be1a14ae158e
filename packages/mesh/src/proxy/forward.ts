import type { ServerResponse } from 'node:http';
import { sleep } from '../clock/sleep.js';
import type { Cluster, Endpoint } from '../compile/cluster.js';
import type { RetryPolicy } from '../compile/route-action.js';
import { hasBody, type Exchange } from './exchange.js';
import { endpointKey } from './load-balancer.js';
import {
  NO_HEALTHY_UPSTREAM,
  sendLocalReply,
  UPSTREAM_REQUEST_TIMEOUT,
  upstreamResetReply,
} from './local-reply.js';
import { isRetriable, retryBackOffMs } from './retry.js';
import type { ProxyContext } from './proxy-context.js';
import { RouteTimeout, startRouteTimeout } from './route-timeout.js';
import { downstreamHeaders, upstreamHeaders } from './upstream-headers.js';
import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import { sendUpstream } from '../upstream/upstream-request.js';
import { UpstreamReset } from '../upstream/upstream-reset.js';

/** How hard to try; what a route's action says, or a passthrough's defaults. */
export interface ForwardPolicy {
  /** 0 for no limit. */
  timeoutMs: number;
  retryPolicy: RetryPolicy;
}

/** Envoy's router: tries endpoints of the cluster until one answers, and streams the answer to the client. */
export async function forward(
  exchange: Exchange,
  cluster: Cluster,
  policy: ForwardPolicy,
  context: ProxyContext,
): Promise<void> {
  const cancelTimeout = startRouteTimeout(exchange, policy.timeoutMs, context.clock);
  try {
    await tryEndpoints(exchange, cluster, policy.retryPolicy, context);
  } catch (error) {
    if (error instanceof RouteTimeout) sendLocalReply(exchange.response, UPSTREAM_REQUEST_TIMEOUT);
    else throw error;
  } finally {
    cancelTimeout();
  }
}

async function tryEndpoints(
  exchange: Exchange,
  cluster: Cluster,
  policy: RetryPolicy,
  context: ProxyContext,
): Promise<void> {
  const headers = upstreamHeaders(exchange, context.role);
  const tried = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    const lease = context.loadBalancer.acquire(context.currentCluster(cluster), tried);
    if (!lease) {
      sendLocalReply(exchange.response, NO_HEALTHY_UPSTREAM);
      return;
    }
    try {
      await tryEndpoint(exchange, cluster, lease.endpoint, headers, attempt, context);
      return;
    } catch (error) {
      if (!(error instanceof UpstreamReset)) throw error;
      if (attempt > policy.numRetries || !isRetriable(error, policy)) {
        sendLocalReply(exchange.response, upstreamResetReply(error, attempt));
        return;
      }
    } finally {
      lease.release();
    }
    tried.add(endpointKey(lease.endpoint));
    await sleep(context.clock, retryBackOffMs(attempt, context.random), exchange.cancel.signal);
  }
}

async function tryEndpoint(
  { request, response, routeRequest, cancel }: Exchange,
  cluster: Cluster,
  endpoint: Endpoint,
  headers: string[],
  attempt: number,
  { connections, clock }: ProxyContext,
): Promise<void> {
  const sentAt = clock.now();
  const answer = await sendUpstream(
    {
      endpoint,
      method: routeRequest.method,
      path: routeRequest.path,
      headers: [...headers, 'x-envoy-attempt-count', String(attempt)],
      ...(hasBody(request) && { body: request }),
      isChunked: request.headers['transfer-encoding'] !== undefined,
      connectTimeoutMs: cluster.connectTimeoutMs,
    },
    connections,
    cancel.signal,
  );
  await streamAnswer(answer, response, clock.now() - sentAt);
}

/** Resolves when the client has the answer or its connection is gone. */
function streamAnswer(
  answer: UpstreamAnswer,
  response: ServerResponse,
  serviceTimeMs: number,
): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  response.writeHead(answer.status, downstreamHeaders(answer, serviceTimeMs));
  return new Promise((resolve) => {
    response.once('close', resolve).on('drain', () => answer.resume());
    answer.sendTo({
      write: (data) => response.write(data),
      end: () => response.end(),
      // The status is out: that an answer broke off can only be shown by breaking the connection.
      fail: () => response.destroy(),
    });
  });
}
