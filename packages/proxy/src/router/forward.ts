import { sleep } from '@bookinfo/effects';
import {
  UpstreamReset,
  type Forwarding,
  endpointKey,
  NO_HEALTHY_UPSTREAM,
  RETRY_BUFFER_EXCEEDED,
  UPSTREAM_REQUEST_TIMEOUT,
  upstreamResetReply,
  transportFailureReason,
} from '@bookinfo/routing';
import { hasBody, type Exchange } from '../exchange.js';
import { RequestHash, type Hashable } from '../load-balancing/request-hash.js';
import { sendLocalReply } from '../local-reply/send-local-reply.js';
import { sendCopies } from './mirror.js';
import type { ProxyContext } from '../proxy-context.js';
import { RetryBuffer, RetryBufferExceeded } from './retry-buffer.js';
import { RetryState, type RetryVerdict } from './retry-state.js';
import { RouteTimeout, startRouteTimeout } from './route-timeout.js';
import type { RoutedRequest } from './routed-request.js';
import { streamAnswer } from './stream-response.js';
import { tryEndpoint } from './send-attempt.js';
import { tryHeaders } from '../headers/attempt-headers.js';
import { upstreamHead } from '../headers/upstream-head.js';

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
    const head = upstreamHead(exchange, forwarding, context.role);
    await tryEndpoints({ exchange, forwarding, head, body, context }, retries);
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

async function tryEndpoints(routed: RoutedRequest, retries: RetryState): Promise<void> {
  const { exchange, forwarding, body, context } = routed;
  const { clock, loadBalancer, outlierDetector, currentCluster } = context;
  const { cluster, action } = forwarding;
  const tried = new Set<string>();
  const hash = new RequestHash(hashableOf(exchange), action.hashPolicies);
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const lease = loadBalancer.acquire(outlierDetector.withoutEjected(currentCluster(cluster)), tried, hash);
    if (!lease) return sendLocalReply(exchange, NO_HEALTHY_UPSTREAM);
    if (attempt === 1) sendCopies(routed);
    try {
      const sentAt = clock.now();
      const ofTry = tryHeaders(action, attempt, sentAt - startedAt);
      const result = await tryEndpoint(routed, lease.endpoint, ofTry);
      const verdict = body?.isKept === false ? 'no' : retries.decide(result);
      if (verdict !== 'retry') {
        noteVerdict(exchange, verdict);
        if (result instanceof UpstreamReset) return sendReset(exchange, result, attempt);
        return await streamAnswer(result, exchange, clock.now() - sentAt, hash.setCookies);
      }
      if (!(result instanceof UpstreamReset)) result.discard(new Error('the request is tried again'));
    } finally {
      lease.release();
    }
    if (action.retryPolicy.avoidPreviousHosts) tried.add(endpointKey(lease.endpoint));
    await sleep(clock, retries.nextBackOffMs(), exchange.cancel.signal);
  }
}

function hashableOf({ request, routeRequest }: Exchange): Hashable {
  return { rawHeaders: request.rawHeaders, path: routeRequest.path, socket: request.socket };
}

/** Why what would have been tried again is final. */
function noteVerdict({ streamInfo }: Exchange, verdict: RetryVerdict): void {
  if (verdict === 'limit-exceeded') streamInfo.responseFlags.add('URX');
  if (verdict === 'overflow') streamInfo.responseFlags.add('UO');
}

function sendReset(exchange: Exchange, reset: UpstreamReset, attempt: number): void {
  exchange.streamInfo.upstreamTransportFailureReason = transportFailureReason(reset);
  sendLocalReply(exchange, upstreamResetReply(reset, attempt));
}
