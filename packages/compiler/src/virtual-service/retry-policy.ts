import type { HTTPRetry } from '@bookinfo/rules';
import { defaultRetryPolicy } from './default-retry-policy.js';
import type { RetryPolicy } from '@bookinfo/routing';

const STATUS_CODE = /^\d+$/;
const ON_STATUS_CODES = 'retriable-status-codes';

/**
 * The default, but for what the rule says otherwise; without `attempts` no retries at all (istio/istio
 * pilot/pkg/networking/core/route/retry/retry.go, ConvertPolicy).
 */
export function compileRetryPolicy(retries: HTTPRetry | undefined, istioVersion: string): RetryPolicy {
  const defaults = defaultRetryPolicy(istioVersion);
  if (!retries) return defaults;
  const { attempts, perTryTimeout, retryOn, backoff, retryIgnorePreviousHosts } = retries;
  return {
    ...defaults,
    ...(retryOn && conditions(retryOn)),
    numRetries: attempts,
    perTryTimeoutMs: perTryTimeout?.ms ?? 0,
    baseIntervalMs: backoff?.ms ?? defaults.baseIntervalMs,
    avoidPreviousHosts: retryIgnorePreviousHosts ?? true,
  };
}

/** Numbers are status codes; with any of them the condition that looks at them goes without saying. */
function conditions(retryOn: string): Pick<RetryPolicy, 'retryOn' | 'retriableStatusCodes'> {
  const words = retryOn.split(',');
  const named = words.filter((word) => !STATUS_CODE.test(word));
  const codes = words.filter((word) => STATUS_CODE.test(word)).map(Number);
  const hasStatusCodeCondition = codes.length === 0 || named.includes(ON_STATUS_CODES);
  return {
    retryOn: hasStatusCodeCondition ? named : [...named, ON_STATUS_CODES],
    retriableStatusCodes: codes,
  };
}
