import type { IncomingMessage } from 'node:http';
import type { Clock } from '@bookinfo/effects';
import { PerTryTimeout } from '@bookinfo/routing';
import { hasBody, type Exchange } from '../exchange.js';

/** The reason to cancel an exchange whose route's timeout has passed. */
export class RouteTimeout extends Error {}

/** Cancels the exchange `timeoutMs` after the whole request was read; 0 for never. The returned function stops the timer. */
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

/** The time limit of one attempt. */
export interface AttemptTimeout {
  /** Aborted with the exchange, or with a PerTryTimeout. */
  signal: AbortSignal;
  /** Starts the timer: there is a connection. */
  start(): void;
  /** Stops the timer: the response has begun. */
  stop(): void;
}

/**
 * Returns a limit that ends the attempt, and not the exchange, `timeoutMs` after it has both a connection and the whole
 * request (Envoy: UpstreamRequest::onPoolReady, upstream_request.cc); 0 for never.
 */
export function attemptTimeout(exchange: Exchange, timeoutMs: number, clock: Clock): AttemptTimeout {
  const exchangeSignal = exchange.cancel.signal;
  if (timeoutMs === 0) return { signal: exchangeSignal, start: () => undefined, stop: () => undefined };
  const attempt = new AbortController();
  exchangeSignal.addEventListener('abort', () => attempt.abort(exchangeSignal.reason));
  const onTimeout = (): void => attempt.abort(new PerTryTimeout());
  let stop: (() => void) | undefined;
  return {
    signal: attempt.signal,
    start() {
      stop?.();
      stop = timerFromRequestEnd(exchange.request, timeoutMs, clock, onTimeout);
    },
    stop: () => stop?.(),
  };
}

/**
 * Calls back `ms` milliseconds after the whole request was read, the start of Envoy's timeouts (Filter::onRequestComplete,
 * router.cc). The returned function cancels the call.
 */
function timerFromRequestEnd(
  request: IncomingMessage,
  ms: number,
  clock: Clock,
  callback: () => void,
): () => void {
  let cancelTimer: (() => void) | undefined;
  const start = (): void => {
    cancelTimer = clock.after(ms, callback);
  };
  if (hasBody(request) && !request.readableEnded) request.once('end', start);
  else start();
  return () => {
    request.off('end', start);
    cancelTimer?.();
  };
}
