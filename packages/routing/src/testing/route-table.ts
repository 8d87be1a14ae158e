import { UNLIMITED } from '../route-table/cluster-defaults.js';
import type { Cluster, Endpoint, OutlierDetection } from '../route-table/cluster.js';
import { DEFAULT_RETRY_POLICY } from '../route-table/retry-defaults.js';
import type { ForwardAction } from '../route-table/route-action.js';
import type { Route, RouteTable } from '../route-table/route-table.js';

export interface TableParts {
  /** Which workloads the route leads to; default none in particular. */
  subset?: string;
  endpoints?: Endpoint[];
  /** Default LEAST_REQUEST, without limits. */
  cluster?: Partial<Cluster>;
  action?: Partial<ForwardAction>;
  route?: Partial<Route>;
  unmatchedHost?: RouteTable['unmatchedHost'];
}

/** A table with one host, `reviews`, one route that matches everything and one cluster. */
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
    // A gateway listens at 80, and reviews at 9080.
    routeConfigurations: new Map(
      [80, 9080].map((port) => [port, { name: String(port), virtualHosts: [virtualHost] }]),
    ),
    clusters: new Map([[clusterName, cluster]]),
    unmatchedHost: parts.unmatchedHost ?? 'passthrough',
  };
}

/** A cluster without limits, balanced by least requests. */
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

/** Envoy's defaults (config.cluster.v3.OutlierDetection), but every endpoint may be ejected. */
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
