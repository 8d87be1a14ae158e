import type { Forwarding } from '@bookinfo/routing';
import { sendUpstream } from '../connection-pool/upstream-request.js';
import type { UpstreamResponse } from '../connection-pool/upstream-response.js';
import { shadowHeaders } from '../headers/shadow-headers.js';
import { childContext } from '../tracing.js';
import { beginAttempt, recordFailure } from './begin-attempt.js';
import { BodyCopy } from './body-copy.js';
import type { RoutedRequest } from './routed-request.js';

type Mirror = Forwarding['mirrors'][number];

const NO_ENDPOINTS: ReadonlySet<string> = new Set();

/**
 * Sends a copy of the request to each of its mirrors, with the headers that the backend gets. The request neither waits
 * for them nor depends on them; each gets one attempt, within the route's timeout.
 */
export function sendCopies(routed: RoutedRequest): void {
  for (const mirror of routed.forwarding.mirrors) void sendCopy(routed, mirror);
}

async function sendCopy(
  { exchange, forwarding, head, body, context }: RoutedRequest,
  { cluster, shadowHostSuffix }: Mirror,
): Promise<void> {
  const { request, routeRequest } = exchange;
  const { timeoutMs } = forwarding.action;
  const { loadBalancer, outlierDetector, mirrorBudget, connections, currentCluster, clock } = context;
  if (!mirrorBudget.begin()) return;
  const healthy = outlierDetector.withoutEjected(currentCluster(cluster));
  const lease = loadBalancer.acquire(healthy, NO_ENDPOINTS);
  const cancel = new AbortController();
  const abandon = (): void => cancel.abort(new Error('the copy is abandoned'));
  const cancelTimer = timeoutMs > 0 ? clock.after(timeoutMs, abandon) : undefined;
  const copy = body && new BodyCopy(mirrorBudget, abandon);
  const trace = exchange.streamInfo.trace && childContext(exchange.streamInfo.trace);
  const begun = lease && beginAttempt(cluster.name, lease.endpoint, trace, context);
  try {
    if (!lease || !begun) return;
    if (copy) body.addCopy(copy);
    const client = request.socket.localAddress ?? 'unknown';
    const response = await sendUpstream(
      {
        cluster: currentCluster(cluster),
        endpoint: lease.endpoint,
        method: routeRequest.method,
        path: head.path,
        headers: shadowHeaders(head.headers, shadowHostSuffix, client).addAll(begun.headers),
        ...(copy && { body: copy }),
        isChunked: request.headers['transfer-encoding'] !== undefined,
        onReady: () => (begun.attempt.isSent = true),
      },
      connections,
      cancel.signal,
    );
    begun.attempt.status = response.status;
    await discardBody(response);
  } catch (error) {
    // The failure of a copy never affects its request.
    if (begun) recordFailure(begun.attempt, error);
  } finally {
    if (begun) {
      begun.attempt.endMs = clock.now();
      context.onMirrored?.({ request: routeRequest, attempt: begun.attempt, trace });
    }
    cancelTimer?.();
    copy?.stop();
    lease?.release();
    mirrorBudget.end();
  }
}

/** Reads the response to its end, so that its connection can be used again. */
function discardBody(response: UpstreamResponse): Promise<void> {
  return new Promise((resolve) =>
    response.sendTo({ write: () => true, end: () => resolve(), fail: () => resolve() }),
  );
}
