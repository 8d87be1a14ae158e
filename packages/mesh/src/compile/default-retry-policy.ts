import type { RetryPolicy } from './route-table.js';

/** What Istio does where no rule speaks of retries (pilot/pkg/networking/core/route/retry/retry.go). */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  numRetries: 2,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'],
};
