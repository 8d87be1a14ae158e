import type { Clock } from '../clock/clock.js';
import { hasBody, type Exchange } from './exchange.js';

/** Why a request was ended whose route has a timeout. */
export class RouteTimeout extends Error {}

/**
 * Ends the exchange after `timeoutMs`, 0 for never, from the moment that the whole request was read (Envoy:
 * Filter::onRequestComplete, router.cc). The function returned calls it off.
 */
export function startRouteTimeout(
  { request, cancel }: Exchange,
  timeoutMs: number,
  clock: Clock,
): () => void {
  let cancelTimer: (() => void) | undefined;
  const start = (): void => {
    cancelTimer = clock.after(timeoutMs, () => cancel.abort(new RouteTimeout('the route timed out')));
  };
  if (timeoutMs > 0) {
    if (hasBody(request)) request.once('end', start);
    else start();
  }
  return () => {
    request.off('end', start);
    cancelTimer?.();
  };
}
