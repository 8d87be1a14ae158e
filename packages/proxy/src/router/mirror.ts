import { sendUpstream } from '../connection-pool/upstream-request.js';
import type { UpstreamAnswer } from '../connection-pool/upstream-response.js';
import { BodyCopy } from './body-copy.js';
import type { Forwarding } from '@bookinfo/routing';
import type { RoutedRequest } from './routed-request.js';
import { shadowHeaders } from '../headers/shadow-headers.js';

type Mirror = Forwarding['mirrors'][number];

const NOTHING_TRIED: ReadonlySet<string> = new Set();

/**
 * Sends a copy of the request to each of its mirrors, with the headers that the backend gets. Nobody waits for them or
 * hears of them; each gets one try and as long as the route's timeout.
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
  const lease = loadBalancer.acquire(healthy, NOTHING_TRIED);
  const cancel = new AbortController();
  const giveUp = (): void => cancel.abort(new Error('the copy is given up'));
  const cancelTimer = timeoutMs > 0 ? clock.after(timeoutMs, giveUp) : undefined;
  const copy = body && new BodyCopy(mirrorBudget, giveUp);
  try {
    if (!lease) return;
    if (copy) body.addCopy(copy);
    const client = request.socket.localAddress ?? 'unknown';
    const answer = await sendUpstream(
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
    await discardBody(answer);
  } catch {
    // Whatever becomes of a copy, the request is none the worse for it.
  } finally {
    cancelTimer?.();
    copy?.stop();
    lease?.release();
    mirrorBudget.end();
  }
}

/** Reads the answer to its end, so that its connection can be used again. */
function discardBody(answer: UpstreamAnswer): Promise<void> {
  return new Promise((resolve) => answer.sendTo({ write: () => true, end: resolve, fail: () => resolve() }));
}
