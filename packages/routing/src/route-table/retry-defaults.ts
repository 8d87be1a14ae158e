import type { RetryPolicy } from './route-action.js';

/** Istio's retries for a rule without `retries` (pilot/pkg/networking/core/route/retry/retry.go). */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  numRetries: 2,
  retriableStatusCodes: [],
  perTryTimeoutMs: 0,
  baseIntervalMs: 25,
  avoidPreviousHosts: true,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'],
};

/** The default up to Istio 1.23, which also retried a backend's own 503. */
export const DEFAULT_RETRY_POLICY_BEFORE_1_24: RetryPolicy = {
  ...DEFAULT_RETRY_POLICY,
  retriableStatusCodes: [503],
};
