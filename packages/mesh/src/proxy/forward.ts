import { sleep } from '../clock/sleep.js';
import type { Endpoint } from '../compile/cluster.js';
import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import { sendUpstream } from '../upstream/upstream-request.js';
import { UpstreamReset } from '../upstream/upstream-reset.js';
import { hasBody, type Exchange } from './exchange.js';
import type { Forwarding } from './forwarding.js';
import { RequestHash, type Hashable } from './hashing/request-hash.js';
import { endpointKey } from './load-balancer.js';
import {
  NO_HEALTHY_UPSTREAM,
  RETRY_BUFFER_EXCEEDED,
  sendLocalReply,
  UPSTREAM_REQUEST_TIMEOUT,
  upstreamResetReply,
} from './local-reply.js';
import { sendCopies } from './mirror.js';
import { limitTry } from './per-try-timeout.js';
import type { ProxyContext } from './proxy-context.js';
import { RetryBuffer, RetryBufferExceeded } from './retry-buffer.js';
import { RetryState } from './retry-state.js';
import { RouteTimeout, startRouteTimeout } from './route-timeout.js';
import { streamAnswer } from './stream-answer.js';
import { transportFailureReason } from './transport-failure.js';
import { perTryTimeoutMs, tryHeaders } from './try-headers.js';
import { upstreamHead, type UpstreamHead } from './upstream-head.js';

/** Envoy's router: tries endpoints of the cluster until one answers, and streams the answer to the client. */
export async function forward(
  exchange: Exchange,
  forwarding: Forwarding,
  context: ProxyContext,
): Promise<void> {
  const { request, streamInfo, cancel } = exchange;
  const { cluster, action } = forwarding;
  const cancelTimeout = startRouteTimeout(exchange, action.timeoutMs, context.clock);
  const body = hasBody(request) ? new RetryBuffer(request, (error) => cancel.abort(error)) : undefined;
  const { circuitBreakers } = context.currentCluster(cluster);
  const resources = context.connections.resourcesOf(cluster);
  const retries = new RetryState(action.retryPolicy, context.random, circuitBreakers, resources);
  streamInfo.upstreamCluster = cluster.name;
  streamInfo.requestBody = body;
  try {
    await tryEndpoints(exchange, forwarding, body, retries, context);
  } catch (error) {
    if (error instanceof RouteTimeout) sendLocalReply(exchange, UPSTREAM_REQUEST_TIMEOUT);
    else if (error instanceof RetryBufferExceeded) sendLocalReply(exchange, RETRY_BUFFER_EXCEEDED);
    else throw error;
  } finally {
    cancelTimeout();
    retries.release();
    body?.release();
  }
}

async function tryEndpoints(
  exchange: Exchange,
  forwarding: Forwarding,
  body: RetryBuffer | undefined,
  retries: RetryState,
  context: ProxyContext,
): Promise<void> {
  const { retryPolicy } = forwarding.action;
  const head = upstreamHead(exchange, forwarding, context.role);
  const tried = new Set<string>();
  const hash = new RequestHash(hashableOf(exchange), forwarding.action.hashPolicies);
  const startedAt = context.clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const lease = context.loadBalancer.acquire(context.currentCluster(forwarding.cluster), tried, hash);
    if (!lease) return sendLocalReply(exchange, NO_HEALTHY_UPSTREAM);
    if (attempt === 1) sendCopies(exchange, forwarding, head, body, context);
    try {
      const sentAt = context.clock.now();
      const ofTry = tryHeaders(forwarding.action, attempt, sentAt - startedAt);
      const result = await tryEndpoint(
        exchange,
        forwarding,
        lease.endpoint,
        { ...head, headers: [...head.headers, ...ofTry] },
        body,
        context,
      );
      const verdict = body?.isKept === false ? 'no' : retries.decide(result);
      if (verdict === 'limit-exceeded') exchange.streamInfo.responseFlags.add('URX');
      if (verdict === 'overflow') exchange.streamInfo.responseFlags.add('UO');
      if (verdict !== 'retry') {
        if (result instanceof UpstreamReset) {
          exchange.streamInfo.upstreamTransportFailureReason = transportFailureReason(result);
          return sendLocalReply(exchange, upstreamResetReply(result, attempt));
        }
        return await streamAnswer(result, exchange, context.clock.now() - sentAt, hash.setCookies);
      }
      if (!(result instanceof UpstreamReset)) result.discard(new Error('the request is tried again'));
    } finally {
      lease.release();
    }
    if (retryPolicy.avoidPreviousHosts) tried.add(endpointKey(lease.endpoint));
    await sleep(context.clock, retries.nextBackOffMs(), exchange.cancel.signal);
  }
}

function hashableOf({ request, routeRequest }: Exchange): Hashable {
  return { rawHeaders: request.rawHeaders, path: routeRequest.path, socket: request.socket };
}

/** The beginning of an answer, or why there is none. Throws what the exchange was cancelled for. */
async function tryEndpoint(
  exchange: Exchange,
  { cluster, action }: Forwarding,
  endpoint: Endpoint,
  head: UpstreamHead,
  body: RetryBuffer | undefined,
  { connections, clock, currentCluster }: ProxyContext,
): Promise<UpstreamAnswer | UpstreamReset> {
  const { request, upgrade, routeRequest, streamInfo } = exchange;
  const limit = limitTry(exchange, perTryTimeoutMs(action), clock);
  streamInfo.upstreamHost = endpointKey(endpoint);
  streamInfo.upstreamLocalAddress = undefined;
  try {
    return await sendUpstream(
      {
        cluster: currentCluster(cluster),
        endpoint,
        method: routeRequest.method,
        ...head,
        ...(body && { body }),
        isChunked: request.headers['transfer-encoding'] !== undefined,
        isUpgrade: upgrade !== undefined,
        onReady: (localAddress) => {
          streamInfo.upstreamLocalAddress = localAddress;
          limit.start();
        },
      },
      connections,
      limit.signal,
    );
  } catch (error) {
    if (error instanceof UpstreamReset) return error;
    throw error;
  } finally {
    limit.stop();
  }
}
