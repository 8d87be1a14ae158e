import type { Cluster, Endpoint, Route, RouteAction, RouteTable } from '../src/compile/route-table.js';

/** Istio's default policy. */
const RETRY_POLICY = {
  numRetries: 2,
  retryOn: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'],
};

export interface TableParts {
  /** Which workloads the route leads to; default none in particular. */
  subset?: string;
  endpoints?: Endpoint[];
  lbPolicy?: Cluster['lbPolicy'];
  connectTimeoutMs?: number;
  action?: Partial<RouteAction>;
  route?: Partial<Route>;
  unmatchedHost?: RouteTable['unmatchedHost'];
}

/** A table with one host, `reviews`, one route that matches everything and one cluster. */
export function tableOf(parts: TableParts): RouteTable {
  const clusterName = `outbound|9080|${parts.subset ?? ''}|reviews.default.svc.cluster.local`;
  const cluster: Cluster = {
    name: clusterName,
    lbPolicy: parts.lbPolicy ?? 'LEAST_REQUEST',
    connectTimeoutMs: parts.connectTimeoutMs ?? 10_000,
    endpoints: parts.endpoints ?? [],
  };
  const action: RouteAction = {
    weightedClusters: [{ name: clusterName, weight: 1 }],
    timeoutMs: 0,
    retryPolicy: RETRY_POLICY,
    ...parts.action,
  };
  const route: Route = { name: 'default', match: { headers: [] }, action, ...parts.route };
  return {
    virtualHosts: [{ name: 'reviews:9080', domains: ['reviews'], routes: [route] }],
    clusters: new Map([[clusterName, cluster]]),
    unmatchedHost: parts.unmatchedHost ?? 'passthrough',
  };
}
