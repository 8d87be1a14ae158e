import type { Endpoint } from '../compile/cluster.js';
import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import { sendUpstream } from '../upstream/upstream-request.js';
import { UpstreamReset } from '../upstream/upstream-reset.js';
import { endpointKey } from './load-balancer.js';
import { limitTry } from './per-try-timeout.js';
import type { RoutedRequest } from './routed-request.js';
import { perTryTimeoutMs } from './try-headers.js';

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
  try {
    return await sendUpstream(
      {
        cluster: context.currentCluster(forwarding.cluster),
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
  } catch (error) {
    if (error instanceof UpstreamReset) return error;
    throw error;
  } finally {
    limit.stop();
  }
}
