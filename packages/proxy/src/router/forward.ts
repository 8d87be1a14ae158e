import { sleep } from '@bookinfo/effects';
import {
  endpointKey,
  NO_HEALTHY_UPSTREAM,
  RETRY_BUFFER_EXCEEDED,
  transportFailureReason,
  UPSTREAM_REQUEST_TIMEOUT,
  UpstreamReset,
  upstreamResetReply,
  type Forwarding,
} from '@bookinfo/routing';
import { hasBody, type Exchange } from '../exchange.js';
import { attemptHeaders } from '../headers/attempt-headers.js';
import { upstreamHead } from '../headers/upstream-head.js';
import { RequestHash, type Hashable } from '../load-balancing/request-hash.js';
import { sendLocalReply } from '../local-reply/send-local-reply.js';
import type { ProxyContext } from '../proxy-context.js';
import { sendCopies } from './mirror.js';
import { RetryBuffer, RetryBufferExceeded } from './retry-buffer.js';
import { RetryState, type RetryVerdict } from './retry-state.js';
import type { RoutedRequest } from './routed-request.js';
import { sendAttempt } from './send-attempt.js';
import { streamResponse } from './stream-response.js';
import { RouteTimeout, startRouteTimeout } from './timeouts.js';

/**
 * Forwards a request as Envoy's router does: it attempts endpoints of the cluster until a response is final, and streams
 * that to the client.
 *
 * @throws {Error} the reason of the exchange's cancellation, when its client is gone.
 */
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
    const head = upstreamHead(exchange, forwarding, context.role);
    await attemptUntilFinal({ exchange, forwarding, head, body, context }, retries);
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

async function attemptUntilFinal(routed: RoutedRequest, retries: RetryState): Promise<void> {
  const { exchange, forwarding, body, context } = routed;
  const { clock, loadBalancer, outlierDetector, currentCluster } = context;
  const { cluster, action } = forwarding;
  const attempted = new Set<string>();
  const hash = new RequestHash(hashableOf(exchange), action.hashPolicies);
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const healthy = outlierDetector.withoutEjected(currentCluster(cluster));
    const lease = loadBalancer.acquire(healthy, attempted, hash);
    if (!lease) return sendLocalReply(exchange, NO_HEALTHY_UPSTREAM);
    if (attempt === 1) sendCopies(routed);
    try {
      const sentAt = clock.now();
      const headers = attemptHeaders(action, attempt, sentAt - startedAt);
      const result = await sendAttempt(routed, lease.endpoint, headers);
      const verdict = body?.isKept === false ? 'no' : retries.decide(result);
      if (verdict !== 'retry') {
        recordVerdict(exchange, verdict);
        if (result instanceof UpstreamReset) return sendReset(exchange, result, attempt);
        return await streamResponse(result, exchange, clock.now() - sentAt, hash.setCookies);
      }
      if (!(result instanceof UpstreamReset)) result.discard(new Error('the request is retried'));
    } finally {
      lease.release();
    }
    if (action.retryPolicy.avoidPreviousHosts) attempted.add(endpointKey(lease.endpoint));
    await sleep(clock, retries.nextBackOffMs(), exchange.cancel.signal);
  }
}

function hashableOf({ request, headers, routeRequest }: Exchange): Hashable {
  return { headers, path: routeRequest.path, socket: request.socket };
}

/** Records why a result is final that the policy would retry. */
function recordVerdict({ streamInfo }: Exchange, verdict: RetryVerdict): void {
  if (verdict === 'limit-exceeded') streamInfo.responseFlags.add('URX');
  if (verdict === 'overflow') streamInfo.responseFlags.add('UO');
}

function sendReset(exchange: Exchange, reset: UpstreamReset, attempt: number): void {
  exchange.streamInfo.upstreamTransportFailureReason = transportFailureReason(reset);
  sendLocalReply(exchange, upstreamResetReply(reset, attempt));
}
