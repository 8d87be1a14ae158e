import type { ProxyRole } from '@bookinfo/routing';

/** Headers that command a proxy, or that only another proxy of the same mesh may set. */
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

/** Headers that an edge proxy removes as well. */
const INTERNAL_AT_EDGE = [
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-original-host',
  'x-envoy-original-path',
];

/**
 * The request headers that are removed before anything else reads them, as Envoy 1.40 does for clients that are not
 * declared internal; Istio declares none (ConnectionManagerUtility::cleanInternalHeaders, conn_manager_utility.cc).
 */
export const INTERNAL_HEADERS: Record<ProxyRole, ReadonlySet<string>> = {
  sidecar: new Set(INTERNAL),
  gateway: new Set([...INTERNAL, ...INTERNAL_AT_EDGE]),
};
