import type { ProxyRole } from '@bookinfo/routing';

/** What only another proxy of the same mesh may say, and Envoy takes no client's word for. */
const INTERNAL = [
  'x-envoy-expected-rq-timeout-ms',
  'x-envoy-force-trace',
  'x-envoy-hedge-on-per-try-timeout',
  'x-envoy-internal',
  'x-envoy-ip-tags',
  'x-envoy-max-retries',
  'x-envoy-original-url',
  'x-envoy-retriable-header-names',
  'x-envoy-retriable-status-codes',
  'x-envoy-retry-grpc-on',
  'x-envoy-retry-on',
  'x-envoy-upstream-alt-stat-name',
  'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-upstream-rq-timeout-alt-response',
  'x-envoy-upstream-rq-timeout-ms',
];

/** What an edge proxy takes from nobody. */
const INTERNAL_AT_EDGE = [
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-original-host',
  'x-envoy-original-path',
];

/**
 * The headers of a request that are removed before anything else looks at them, as Envoy 1.40 does for clients that are
 * not declared internal, which in Istio nobody is (ConnectionManagerUtility::cleanInternalHeaders, conn_manager_utility.cc).
 */
export const INTERNAL_HEADERS: Record<ProxyRole, ReadonlySet<string>> = {
  sidecar: new Set(INTERNAL),
  gateway: new Set([...INTERNAL, ...INTERNAL_AT_EDGE]),
};
