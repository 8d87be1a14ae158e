import type { Forwarding } from '@bookinfo/routing';
import { sendUpstream } from '../connection-pool/upstream-request.js';
import type { UpstreamResponse } from '../connection-pool/upstream-response.js';
import { shadowHeaders } from '../headers/shadow-headers.js';
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
  try {
    if (!lease) return;
    if (copy) body.addCopy(copy);
    const client = request.socket.localAddress ?? 'unknown';
    const response = await sendUpstream(
      {
        cluster: currentCluster(cluster),
        endpoint: lease.endpoint,
        method: routeRequest.method,
        path: head.path,
        headers: shadowHeaders(head.headers, shadowHostSuffix, client),
        ...(copy && { body: copy }),
        isChunked: request.headers['transfer-encoding'] !== undefined,
      },
      connections,
      cancel.signal,
    );
    await discardBody(response);
  } catch {
    // The failure of a copy never affects its request.
  } finally {
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
