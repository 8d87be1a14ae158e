import type { HTTPRetry } from '@bookinfo/rules';
import { defaultRetryPolicy } from './default-retry-policy.js';
import type { RetryPolicy } from '@bookinfo/routing';

const STATUS_CODE = /^\d+$/;
const ON_STATUS_CODES = 'retriable-status-codes';

/**
 * Returns the retry policy of a rule: the default without `retries`, no retries without `attempts`. Other fields of the
 * rule override the default (istio/istio pilot/pkg/networking/core/route/retry/retry.go, ConvertPolicy).
 *
 * @param isHashing true for a single destination that hashes: its retries return to the endpoint of the hash
 */
export function compileRetryPolicy(
  retries: HTTPRetry | undefined,
  istioVersion: string,
  isHashing = false,
): RetryPolicy {
  const defaults = { ...defaultRetryPolicy(istioVersion), avoidPreviousHosts: !isHashing };
  if (!retries) return defaults;
  const { attempts, perTryTimeout, retryOn, backoff, retryIgnorePreviousHosts } = retries;
  return {
    ...defaults,
    ...(retryOn && conditions(retryOn)),
    numRetries: attempts,
    perTryTimeoutMs: perTryTimeout?.ms ?? 0,
    baseIntervalMs: backoff?.ms ?? defaults.baseIntervalMs,
    avoidPreviousHosts: retryIgnorePreviousHosts ?? defaults.avoidPreviousHosts,
  };
}

/** Reads `retryOn`. Its numbers are status codes; they imply the condition `retriable-status-codes`. */
function conditions(retryOn: string): Pick<RetryPolicy, 'retryOn' | 'retriableStatusCodes'> {
  const words = retryOn.split(',');
  const named = words.filter((word) => !STATUS_CODE.test(word));
  const codes = words.filter((word) => STATUS_CODE.test(word)).map(Number);
  const isImplied = codes.length > 0 && !named.includes(ON_STATUS_CODES);
  return {
    retryOn: isImplied ? [...named, ON_STATUS_CODES] : named,
    retriableStatusCodes: codes,
  };
}
