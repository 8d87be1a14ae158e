import { istioHas } from './istio-version.js';
import { DEFAULT_RETRY_POLICY, DEFAULT_RETRY_POLICY_BEFORE_1_24 } from './retry-defaults.js';
import type { RetryPolicy } from './route-action.js';

/** Returns what Istio of this version does where no rule has `retries`. */
export function defaultRetryPolicy(istioVersion: string): RetryPolicy {
  return istioHas(istioVersion, 'backend503IsFinal')
    ? DEFAULT_RETRY_POLICY
    : DEFAULT_RETRY_POLICY_BEFORE_1_24;
}
