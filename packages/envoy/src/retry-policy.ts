import type { RetryPolicy } from '@bookinfo/routing';
import { duration, extension, type EnvoyMessage } from './protobuf-json.js';

/** Istio's limit of attempts to pick a host not tried before (pilot/pkg/networking/core/route/retry/retry.go). */
const HOST_SELECTION_ATTEMPTS = 5;

const PREVIOUS_HOSTS = extension(
  'envoy.retry_host_predicates.previous_hosts',
  'envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
);

/** envoy.config.route.v3.RetryPolicy. */
export function retryPolicy(policy: RetryPolicy): EnvoyMessage {
  const { numRetries, retryOn, retriableStatusCodes, perTryTimeoutMs, baseIntervalMs } = policy;
  return {
    num_retries: numRetries,
    retry_on: retryOn.join(','),
    retriable_status_codes: retriableStatusCodes,
    ...(perTryTimeoutMs > 0 && { per_try_timeout: duration(perTryTimeoutMs) }),
    retry_back_off: { base_interval: duration(baseIntervalMs) },
    ...(policy.avoidPreviousHosts && {
      retry_host_predicate: [PREVIOUS_HOSTS],
      host_selection_retry_max_attempts: HOST_SELECTION_ATTEMPTS,
    }),
  };
}
