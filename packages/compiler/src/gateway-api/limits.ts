import { type HTTPRouteRule, durationMs } from '@bookinfo/rules';
import { compileRetryPolicy } from '../retry-policy.js';
import type { ForwardAction } from '@bookinfo/routing';

const ON_CONNECTION_ERRORS = ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'];

/**
 * How long a rule's requests may take and how they are tried again. `backendRequest` limits each try where the rule speaks
 * of retries, else it takes the place of `request` (istio/istio conversion.go, convertHTTPRoute).
 */
export function compileLimits(
  { timeouts, retry }: Pick<HTTPRouteRule, 'timeouts' | 'retry'>,
  istioVersion: string,
): Pick<ForwardAction, 'timeoutMs' | 'retryPolicy'> {
  const requestMs = durationMs(timeouts?.request);
  const backendRequestMs = durationMs(timeouts?.backendRequest);
  if (!retry) {
    const timeoutMs = backendRequestMs > 0 ? backendRequestMs : requestMs;
    return { timeoutMs, retryPolicy: compileRetryPolicy(undefined, istioVersion) };
  }
  const { attempts, codes, backoff } = retry;
  return {
    timeoutMs: requestMs,
    retryPolicy: compileRetryPolicy(
      {
        attempts,
        retryOn: [...ON_CONNECTION_ERRORS, ...codes].join(','),
        ...(backendRequestMs > 0 && { perTryTimeout: `${backendRequestMs}ms` }),
        ...(durationMs(backoff) > 0 && { backoff }),
      },
      istioVersion,
    ),
  };
}
