import type { Cluster, Endpoint, Route, RouteAction, RouteTable } from '../src/compile/route-table.js';

const CLUSTER_NAME = 'outbound|9080||reviews.default.svc.cluster.local';

/** Istio's default policy. */
const RETRY_POLICY = {
  numRetries: 2,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'],
};

export interface TableParts {
  endpoints?: Endpoint[];
  lbPolicy?: Cluster['lbPolicy'];
  connectTimeoutMs?: number;
  action?: Partial<RouteAction>;
  route?: Partial<Route>;
  unmatchedHost?: RouteTable['unmatchedHost'];
}

/** A table with one host, `reviews`, one route that matches everything and one cluster. */
export function tableOf(parts: TableParts): RouteTable {
  const cluster: Cluster = {
    name: CLUSTER_NAME,
    lbPolicy: parts.lbPolicy ?? 'LEAST_REQUEST',
    connectTimeoutMs: parts.connectTimeoutMs ?? 10_000,
    endpoints: parts.endpoints ?? [],
  };
  const action: RouteAction = {
    weightedClusters: [{ name: CLUSTER_NAME, weight: 1 }],
    timeoutMs: 0,
    retryPolicy: RETRY_POLICY,
    ...parts.action,
  };
  const route: Route = { name: 'default', match: { headers: [] }, action, ...parts.route };
  return {
    virtualHosts: [{ name: 'reviews:9080', domains: ['reviews'], routes: [route] }],
    clusters: new Map([[CLUSTER_NAME, cluster]]),
    unmatchedHost: parts.unmatchedHost ?? 'passthrough',
  };
}
