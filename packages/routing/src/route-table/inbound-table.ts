import { CONNECT_TIMEOUT_MS, UNLIMITED, type Cluster } from './cluster.js';
import { DEFAULT_RETRY_POLICY } from './retry-defaults.js';
import type { RouteTable } from './route-table.js';

/**
 * The address that a sidecar connects to its own application from, so that the pod's packet filter does not redirect these
 * connections to the sidecar again (istio/istio, pilot/pkg/networking/core/cluster_builder.go, InboundPassthroughBindIpv4).
 */
export const INBOUND_SOURCE_ADDRESS = '127.0.0.6';

/**
 * Returns the table of a sidecar's inbound side: every request goes to the application, which listens to `port` on 127.0.0.1,
 * without a time limit and without retries, as in Istio.
 */
export function inboundTable(port: number): RouteTable {
  const cluster: Cluster = {
    name: `inbound|${port}||`,
    type: 'STATIC',
    lbPolicy: { kind: 'ROUND_ROBIN' },
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    circuitBreakers: UNLIMITED,
    maxRequestsPerConnection: 0,
    idleTimeoutMs: 0,
    sourceAddress: INBOUND_SOURCE_ADDRESS,
    endpoints: [{ address: '127.0.0.1', port, pod: 'localhost', labels: {} }],
  };
  const route = {
    name: 'default',
    match: { headers: [], queryParameters: [] },
    action: {
      kind: 'forward' as const,
      weightedClusters: [{ name: cluster.name, weight: 1 }],
      timeoutMs: 0,
      retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 },
      mirrors: [],
      hashPolicies: [],
      clusterNotFoundStatus: 503 as const,
    },
  };
  const virtualHost = { name: `inbound|http|${port}`, domains: ['*'], routes: [route] };
  return {
    routeConfigurations: new Map([[port, [{ name: cluster.name, virtualHosts: [virtualHost] }]]]),
    clusters: new Map([[cluster.name, cluster]]),
    unmatchedHost: 'not-found',
  };
}
