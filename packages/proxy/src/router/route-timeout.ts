import type { Clock } from '@bookinfo/effects';
import type { Exchange } from '../exchange.js';
import { timerFromRequestEnd } from './request-end.js';

/** Why a request was ended whose route has a timeout. */
export class RouteTimeout extends Error {}

/** Ends the exchange `timeoutMs` after the whole request was read; 0 for never. The function returned calls it off. */
export function startRouteTimeout(
  { request, cancel }: Exchange,
  timeoutMs: number,
  clock: Clock,
): () => void {
  if (timeoutMs === 0) return () => undefined;
  return timerFromRequestEnd(request, timeoutMs, clock, () =>
    cancel.abort(new RouteTimeout('the route timed out')),
  );
}
