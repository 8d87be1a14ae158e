import type { ForwardAction } from '@bookinfo/routing';

/** What a backend is told of one try: its number and, where time is limited, the milliseconds left. A flat list. */
export function tryHeaders(action: ForwardAction, attempt: number, elapsedMs: number): string[] {
  const expectedMs = expectedTimeoutMs(action, elapsedMs);
  const own = ['x-envoy-attempt-count', String(attempt)];
  return expectedMs === 0 ? own : [...own, 'x-envoy-expected-rq-timeout-ms', String(expectedMs)];
}

/** 0 for no limit; never less than 1 where there is one (FilterUtility::setTimeoutHeaders, router.cc). */
function expectedTimeoutMs(action: ForwardAction, elapsedMs: number): number {
  const { timeoutMs } = action;
  const leftMs = timeoutMs === 0 ? Infinity : Math.max(1, Math.ceil(timeoutMs - elapsedMs));
  const expectedMs = Math.min(perTryTimeoutMs(action) || Infinity, leftMs);
  return expectedMs === Infinity ? 0 : expectedMs;
}

/** 0 for none: a limit that the route's own would always forestall doesn't count (FilterUtility::finalTimeout). */
export function perTryTimeoutMs({ timeoutMs, retryPolicy }: ForwardAction): number {
  return timeoutMs > 0 && retryPolicy.perTryTimeoutMs >= timeoutMs ? 0 : retryPolicy.perTryTimeoutMs;
}
