import type { HTTPRouteRule } from '@bookinfo/rules';
import { compileRetryPolicy } from '../virtual-service/retry-policy.js';
import type { ForwardAction } from '@bookinfo/routing';

const ON_CONNECTION_ERRORS = ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'];

/**
 * Returns the timeout and the retry policy of a rule. With `retry`, `backendRequest` limits each attempt; else it
 * replaces `request` (istio/istio conversion.go, convertHTTPRoute).
 */
export function compileLimits(
  { timeouts, retry }: Pick<HTTPRouteRule, 'timeouts' | 'retry'>,
  istioVersion: string,
  isHashing: boolean,
): Pick<ForwardAction, 'timeoutMs' | 'retryPolicy'> {
  const { request, backendRequest } = timeouts ?? {};
  if (!retry) {
    const timeoutMs = backendRequest?.ms || request?.ms || 0;
    return { timeoutMs, retryPolicy: compileRetryPolicy(undefined, istioVersion, isHashing) };
  }
  const { attempts, codes, backoff } = retry;
  return {
    timeoutMs: request?.ms ?? 0,
    retryPolicy: compileRetryPolicy(
      {
        attempts,
        retryOn: [...ON_CONNECTION_ERRORS, ...codes].join(','),
        ...(backendRequest && { perTryTimeout: backendRequest }),
        // A back-off of 0s means the default.
        ...(backoff && backoff.ms > 0 && { backoff }),
      },
      istioVersion,
      isHashing,
    ),
  };
}
