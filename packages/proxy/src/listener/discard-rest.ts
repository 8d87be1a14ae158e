import type { IncomingMessage } from 'node:http';
import type { Clock } from '@bookinfo/effects';

/** The rest of most bodies arrives in less time; Envoy closes at once. */
const LINGER_MS = 1000;

/**
 * Reads the rest of a request that was answered before all of its body came. Unread, it would block the next request on
 * the connection; closed at once with unread bytes, the connection would be reset and the response lost (RFC 9112, 9.6).
 */
export function discardRest(request: IncomingMessage, clock: Clock): void {
  if (request.complete || request.destroyed) return;
  const { socket } = request;
  const cancel = clock.after(LINGER_MS, () => socket.destroy());
  request.once('close', cancel);
  // The pipe to the backend, when it ends, would otherwise pause the request again.
  request.unpipe();
  request.resume();
}
