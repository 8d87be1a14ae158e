import type { Clock } from '@bookinfo/effects';
import { PerTryTimeout } from '@bookinfo/routing';
import type { Exchange } from '../exchange.js';
import { timerFromRequestEnd } from './request-end.js';

/** What one try obeys. */
export interface TryLimit {
  /** Aborted with the exchange, or with a PerTryTimeout. */
  signal: AbortSignal;
  /** There is a connection: from now on the try's time counts. */
  start(): void;
  /** The answer has begun: time doesn't count any more. */
  stop(): void;
}

/**
 * Ends a try, and not the exchange, `timeoutMs` after it has both a connection and the whole request (Envoy:
 * UpstreamRequest::onPoolReady, upstream_request.cc); 0 for never.
 */
export function limitTry(exchange: Exchange, timeoutMs: number, clock: Clock): TryLimit {
  const exchangeSignal = exchange.cancel.signal;
  if (timeoutMs === 0) return { signal: exchangeSignal, start: () => undefined, stop: () => undefined };
  const own = new AbortController();
  exchangeSignal.addEventListener('abort', () => own.abort(exchangeSignal.reason));
  let stop: (() => void) | undefined;
  return {
    signal: own.signal,
    start() {
      stop?.();
      stop = timerFromRequestEnd(exchange.request, timeoutMs, clock, () => own.abort(new PerTryTimeout()));
    },
    stop: () => stop?.(),
  };
}
