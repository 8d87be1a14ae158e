import {
  type Endpoint,
  HostNotFound,
  Overflow,
  UpstreamReset,
  endpointKey,
  PerTryTimeout,
} from '@bookinfo/routing';
import type { UpstreamAnswer } from '../connection-pool/upstream-response.js';
import { sendUpstream } from '../connection-pool/upstream-request.js';
import type { TryOutcome } from '../load-balancing/host-monitor.js';
import { limitTry } from './per-try-timeout.js';
import { RouteTimeout } from './route-timeout.js';
import type { RoutedRequest } from './routed-request.js';
import { perTryTimeoutMs } from '../headers/attempt-headers.js';

/**
 * One try, with headers of its own beside those of the request: the beginning of an answer, or why there is none. Throws
 * what the exchange was cancelled for.
 */
export async function tryEndpoint(
  { exchange, forwarding, head, body, context }: RoutedRequest,
  endpoint: Endpoint,
  ofTry: readonly string[],
): Promise<UpstreamAnswer | UpstreamReset> {
  const { request, upgrade, routeRequest, streamInfo } = exchange;
  const limit = limitTry(exchange, perTryTimeoutMs(forwarding.action), context.clock);
  streamInfo.upstreamHost = endpointKey(endpoint);
  streamInfo.upstreamLocalAddress = undefined;
  const cluster = context.currentCluster(forwarding.cluster);
  const report = (outcome: TryOutcome): void => context.outlierDetector.report(cluster, endpoint, outcome);
  try {
    const answer = await sendUpstream(
      {
        cluster,
        endpoint,
        method: routeRequest.method,
        path: head.path,
        headers: [...head.headers, ...ofTry],
        ...(body && { body }),
        isChunked: request.headers['transfer-encoding'] !== undefined,
        isUpgrade: upgrade !== undefined,
        onReady: (localAddress) => {
          streamInfo.upstreamLocalAddress = localAddress;
          limit.start();
        },
      },
      context.connections,
      limit.signal,
    );
    report(answer.status);
    return answer;
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome !== undefined) report(outcome);
    if (error instanceof UpstreamReset) return error;
    throw error;
  } finally {
    limit.stop();
  }
}

/** Undefined for what says nothing of the endpoint: nobody has asked it, or nobody waits for its answer any more. */
function outcomeOf(error: unknown): TryOutcome | undefined {
  if (error instanceof Overflow || error instanceof HostNotFound) return undefined;
  if (error instanceof PerTryTimeout || error instanceof RouteTimeout) return 'timed-out';
  return error instanceof UpstreamReset ? 'failed' : undefined;
}
