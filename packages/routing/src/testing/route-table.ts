import { UNLIMITED, type Cluster, type Endpoint, type OutlierDetection } from '../route-table/cluster.js';
import { DEFAULT_RETRY_POLICY } from '../route-table/retry-defaults.js';
import type { ForwardAction } from '../route-table/route-action.js';
import type { Route, RouteTable } from '../route-table/route-table.js';

export interface TableParts {
  /** Subset of the cluster; default none. */
  subset?: string;
  endpoints?: Endpoint[];
  /** Default LEAST_REQUEST, without limits. */
  cluster?: Partial<Cluster>;
  action?: Partial<ForwardAction>;
  route?: Partial<Route>;
  unmatchedHost?: RouteTable['unmatchedHost'];
}

/** Returns a table with the host `reviews`, one route that matches every request and one cluster. */
export function tableOf(parts: TableParts): RouteTable {
  const clusterName = `outbound|9080|${parts.subset ?? ''}|reviews.default.svc.cluster.local`;
  const cluster = clusterOf({ name: clusterName, endpoints: parts.endpoints ?? [], ...parts.cluster });
  const action: ForwardAction = {
    kind: 'forward',
    weightedClusters: [{ name: clusterName, weight: 1 }],
    timeoutMs: 0,
    retryPolicy: DEFAULT_RETRY_POLICY,
    mirrors: [],
    hashPolicies: [],
    clusterNotFoundStatus: 503,
    ...parts.action,
  };
  const route: Route = {
    name: 'default',
    match: { headers: [], queryParameters: [] },
    action,
    ...parts.route,
  };
  const virtualHost = { name: 'reviews:9080', domains: ['reviews'], routes: [route] };
  return {
    // 80 is the port of a gateway, 9080 that of reviews.
    routeConfigurations: new Map(
      [80, 9080].map((port) => [port, [{ name: String(port), virtualHosts: [virtualHost] }]]),
    ),
    clusters: new Map([[clusterName, cluster]]),
    unmatchedHost: parts.unmatchedHost ?? 'passthrough',
  };
}

/** Returns a cluster without limits, balanced by least requests. */
export function clusterOf(parts: Partial<Cluster> = {}): Cluster {
  return {
    name: 'outbound|9080||reviews.default.svc.cluster.local',
    type: 'EDS',
    lbPolicy: { kind: 'LEAST_REQUEST' },
    connectTimeoutMs: 10_000,
    circuitBreakers: UNLIMITED,
    maxRequestsPerConnection: 0,
    idleTimeoutMs: 0,
    endpoints: [],
    ...parts,
  };
}

/** Returns Envoy's defaults (config.cluster.v3.OutlierDetection), except that every endpoint may be ejected. */
export function outlierDetectionOf(parts: Partial<OutlierDetection> = {}): OutlierDetection {
  return {
    consecutive5xx: 5,
    consecutiveGatewayFailure: 0,
    consecutiveLocalOriginFailure: 0,
    splitExternalLocalOriginErrors: false,
    intervalMs: 10_000,
    baseEjectionTimeMs: 30_000,
    maxEjectionPercent: 100,
    minHealthPercent: 0,
    ...parts,
  };
}
