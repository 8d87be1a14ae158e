import { GRPC_STATUS } from '@bookinfo/text';
import type { HeaderList } from '../http/header-list.js';
import type { RetryPolicy } from '../route-table/route-action.js';
import { Overflow, type UpstreamReset } from './upstream-reset.js';

/** Conditions that retry every attempt without a response; Envoy counts a reset as a 5xx. */
const ON_RESET = ['reset', '5xx', 'gateway-error'];
/** Conditions that retry only when no byte of the request was sent. */
const BEFORE_REQUEST = ['connect-failure', 'reset-before-request'];

/** Conditions of x-envoy-retry-grpc-on by the number that a backend sends, like `unavailable` by 14. */
const GRPC_CONDITIONS = new Map(
  GRPC_STATUS.map((name, number) => [String(number), name.toLowerCase().replaceAll('_', '-')]),
);

/** Checks whether the policy retries an attempt without a response (Envoy: RetryStateImpl::wouldRetryFromReset). */
export function isRetriableReset(reset: UpstreamReset, { retryOn }: RetryPolicy): boolean {
  if (reset instanceof Overflow) return false;
  if (retryOn.some((condition) => ON_RESET.includes(condition))) return true;
  return reset.isConnectFailure && retryOn.some((condition) => BEFORE_REQUEST.includes(condition));
}

/** Checks whether the policy retries a response (Envoy: RetryStateImpl::wouldRetryFromHeaders); without `headers` it has none. */
export function isRetriableResponse(
  { status, headers }: { status: number; headers?: HeaderList },
  { retryOn, retriableStatusCodes }: RetryPolicy,
): boolean {
  // A backend's rate limit overrules every other condition.
  if (headers?.has('x-envoy-ratelimited')) return retryOn.includes('envoy-ratelimited');
  const grpcCondition = GRPC_CONDITIONS.get(headers?.get('grpc-status') ?? '');
  return retryOn.some((condition) => {
    switch (condition) {
      case '5xx':
        return status >= 500 && status < 600;
      case 'gateway-error':
        return status >= 502 && status <= 504;
      case 'retriable-4xx':
        return status === 409;
      case 'retriable-status-codes':
        return retriableStatusCodes.includes(status);
      default:
        return condition === grpcCondition;
    }
  });
}
