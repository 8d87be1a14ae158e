import { flagOfReset, UpstreamReset, type Endpoint, type Header } from '@bookinfo/routing';
import type { Attempt } from '../access-log/attempt.js';
import { ClientGone } from '../exchange.js';
import { traceHeaders, type TraceContext } from '../headers/trace-context.js';
import type { ProxyContext } from '../proxy-context.js';
import { attemptContext } from '../tracing.js';
import { RouteTimeout } from './timeouts.js';

/** An attempt that begins, and the headers by which its endpoint continues the trace of the request. */
export interface BegunAttempt {
  attempt: Attempt;
  headers: readonly Header[];
}

/** Begins the record of an attempt; `trace` is the span that it is a part of. */
export function beginAttempt(
  cluster: string,
  endpoint: Endpoint,
  trace: TraceContext | undefined,
  { clock, tracing }: ProxyContext,
): BegunAttempt {
  const now = clock.now();
  const attempt: Attempt = { cluster, endpoint, startMs: now, endMs: now, isSent: false };
  if (!trace || !tracing) return { attempt, headers: [] };
  const context = attemptContext(trace, tracing);
  attempt.spanId = context.spanId;
  return { attempt, headers: traceHeaders(context) };
}

/** Records why no response began. */
export function recordFailure(attempt: Attempt, error: unknown): void {
  if (error instanceof UpstreamReset) {
    attempt.reset = error.reason;
    attempt.flag = flagOfReset(error.reason);
  } else if (error instanceof RouteTimeout) attempt.flag = 'UT';
  else if (error instanceof ClientGone) attempt.flag = 'DC';
}
