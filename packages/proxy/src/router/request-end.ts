import type { IncomingMessage } from 'node:http';
import type { Clock } from '@bookinfo/effects';
import { hasBody } from '../exchange.js';

/**
 * Calls back `ms` milliseconds after the whole request was read, which is when Envoy's timeouts begin
 * (Filter::onRequestComplete, router.cc). The function returned calls it off.
 */
export function timerFromRequestEnd(
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
