import { istioHas } from '@bookinfo/rules';
import { DEFAULT_RETRY_POLICY, DEFAULT_RETRY_POLICY_BEFORE_1_24, type RetryPolicy } from '@bookinfo/routing';

/** Returns the retry policy of this version of Istio for a rule without `retries`. */
export function defaultRetryPolicy(istioVersion: string): RetryPolicy {
  return istioHas(istioVersion, 'backend503IsFinal')
    ? DEFAULT_RETRY_POLICY
    : DEFAULT_RETRY_POLICY_BEFORE_1_24;
}
