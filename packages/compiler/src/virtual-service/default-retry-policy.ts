import { istioHas } from '@bookinfo/rules';
import { DEFAULT_RETRY_POLICY, DEFAULT_RETRY_POLICY_BEFORE_1_24, type RetryPolicy } from '@bookinfo/routing';

/** Returns what Istio of this version does where no rule has `retries`. */
export function defaultRetryPolicy(istioVersion: string): RetryPolicy {
  return istioHas(istioVersion, 'backend503IsFinal')
    ? DEFAULT_RETRY_POLICY
    : DEFAULT_RETRY_POLICY_BEFORE_1_24;
}
