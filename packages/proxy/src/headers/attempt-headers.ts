import type { ForwardAction, Header } from '@bookinfo/routing';

/** Returns the headers of one attempt: its number and, where time is limited, the milliseconds left. */
export function attemptHeaders(action: ForwardAction, attempt: number, elapsedMs: number): Header[] {
  const headers: Header[] = [['x-envoy-attempt-count', String(attempt)]];
  const expectedMs = expectedTimeoutMs(action, elapsedMs);
  if (expectedMs > 0) headers.push(['x-envoy-expected-rq-timeout-ms', String(expectedMs)]);
  return headers;
}

/** Returns 0 for no limit, and at least 1 where there is one (FilterUtility::setTimeoutHeaders, router.cc). */
function expectedTimeoutMs(action: ForwardAction, elapsedMs: number): number {
  const { timeoutMs } = action;
  const leftMs = timeoutMs === 0 ? Infinity : Math.max(1, Math.ceil(timeoutMs - elapsedMs));
  const expectedMs = Math.min(perTryTimeoutMs(action) || Infinity, leftMs);
  return expectedMs === Infinity ? 0 : expectedMs;
}

/** Returns 0 for no limit: one that is not shorter than the route's timeout has no effect (FilterUtility::finalTimeout). */
export function perTryTimeoutMs({ timeoutMs, retryPolicy }: ForwardAction): number {
  return timeoutMs > 0 && retryPolicy.perTryTimeoutMs >= timeoutMs ? 0 : retryPolicy.perTryTimeoutMs;
}
