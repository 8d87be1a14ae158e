import type { RetryPolicy } from '../compile/route-action.js';
import type { Random } from '../decide/decision.js';
import type { UpstreamReset } from '../upstream/upstream-reset.js';

/** Envoy's default back-off base; the longest wait is ten times that. */
const BASE_INTERVAL_MS = 25;
const MAX_INTERVAL_MS = 250;

/**
 * Of Istio's default conditions only `connect-failure` can occur on HTTP/1.1: `refused-stream` is HTTP/2's,
 * `unavailable` and `cancelled` are gRPC's, and `retriable-status-codes` comes without a code.
 */
export function isRetriable(reset: UpstreamReset, policy: RetryPolicy): boolean {
  return policy.retryOn.includes('connect-failure') && reset.isConnectFailure;
}

/** Envoy's fully jittered exponential back-off before the given retry, which counts from 1. */
export function retryBackOffMs(retry: number, random: Random): number {
  return random() * Math.min(MAX_INTERVAL_MS, BASE_INTERVAL_MS * (2 ** retry - 1));
}
