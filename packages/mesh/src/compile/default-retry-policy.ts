import { istioHas } from './istio-version.js';
import type { RetryPolicy } from './route-action.js';

/** What Istio does where no rule speaks of retries (pilot/pkg/networking/core/route/retry/retry.go). */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  numRetries: 2,
  retriableStatusCodes: [],
  perTryTimeoutMs: 0,
  baseIntervalMs: 25,
  avoidPreviousHosts: true,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'],
};

const BEFORE_BACKEND_503_WAS_FINAL: RetryPolicy = { ...DEFAULT_RETRY_POLICY, retriableStatusCodes: [503] };

/** The same, as the mesh's Istio had it. */
export function defaultRetryPolicy(istioVersion: string): RetryPolicy {
  if (istioHas(istioVersion, 'backend503IsFinal')) return DEFAULT_RETRY_POLICY;
  return BEFORE_BACKEND_503_WAS_FINAL;
}

/** Whether no rule has said anything of retries. */
export function isDefaultRetryPolicy(policy: RetryPolicy): boolean {
  return policy === DEFAULT_RETRY_POLICY || policy === BEFORE_BACKEND_503_WAS_FINAL;
}
