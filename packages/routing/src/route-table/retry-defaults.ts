import type { RetryPolicy } from './route-action.js';

/** Istio's retries where no rule has any (pilot/pkg/networking/core/route/retry/retry.go). */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  numRetries: 2,
  retriableStatusCodes: [],
  perTryTimeoutMs: 0,
  baseIntervalMs: 25,
  avoidPreviousHosts: true,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'],
};

/** The same up to Istio 1.23, which retried a backend's own 503 too. */
export const DEFAULT_RETRY_POLICY_BEFORE_1_24: RetryPolicy = {
  ...DEFAULT_RETRY_POLICY,
  retriableStatusCodes: [503],
};

/** Tells the defaults apart from a policy that a rule sets, even one with the same values. */
export function isDefaultRetryPolicy(policy: RetryPolicy): boolean {
  return policy === DEFAULT_RETRY_POLICY || policy === DEFAULT_RETRY_POLICY_BEFORE_1_24;
}
