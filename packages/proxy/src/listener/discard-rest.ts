import type { IncomingMessage } from 'node:http';
import type { Clock } from '@bookinfo/effects';

/** What is left of most bodies arrives in less; Envoy closes at once. */
const LINGER_MS = 1000;

/**
 * For a request that was answered before all of its body came. Unread, it would hold up the next request on the
 * connection; closed at once, with bytes unread, the connection would be reset and the answer lost (RFC 9112, 9.6).
 */
export function discardRest(request: IncomingMessage, clock: Clock): void {
  if (request.complete || request.destroyed) return;
  const { socket } = request;
  const cancel = clock.after(LINGER_MS, () => socket.destroy());
  request.once('close', cancel);
  // Else the pipe to the backend, on its end, would pause the request again.
  request.unpipe();
  request.resume();
}
