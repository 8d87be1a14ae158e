import type { Origin } from '../resources/origin.js';

/**
 * What one proxy knows, shaped like Envoy's own configuration, so that an engine only has to interpret it
 * and a serialiser only has to write it down. Plain data: no functions, no classes.
 */
export interface RouteTable {
  virtualHosts: VirtualHost[];
  /** By cluster name, `outbound|<port>|<subset>|<fqdn>`. */
  clusters: ReadonlyMap<string, Cluster>;
  /** A host that no virtual host claims: a sidecar lets it out (ALLOW_ANY), a gateway answers 404. */
  unmatchedHost: 'passthrough' | 'not-found';
}

/** One host; a request that enters it and meets no route gets a 404, never another virtual host. */
export interface VirtualHost {
  name: string;
  /** Lower-case, without a port; `*` stands for every host. */
  domains: string[];
  /** In order of evaluation: the first match wins. */
  routes: Route[];
}

export interface Route {
  name: string;
  match: RouteMatch;
  fault?: Fault;
  action: RouteAction;
  /** The rule that it was compiled from; absent on the default route of a service without a VirtualService. */
  origin?: Origin;
}

/** All of its parts must hold. A route without any matches everything. */
export interface RouteMatch {
  path?: PathMatch;
  /** Method, scheme and authority stand here as `:method`, `:scheme` and `:authority`, as in Envoy. */
  headers: HeaderMatch[];
}

export interface PathMatch {
  kind: 'exact' | 'prefix' | 'regex';
  value: string;
  ignoreCase: boolean;
}

export interface HeaderMatch {
  /** Lower-case. */
  name: string;
  value: StringMatch | { kind: 'present' };
}

/** `regex` is RE2 and must match the whole value. */
export interface StringMatch {
  kind: 'exact' | 'prefix' | 'regex';
  value: string;
}

/** Delay and abort are drawn independently, the delay first; percentages are 0 to 100. */
export interface Fault {
  delay?: { percentage: number; fixedDelayMs: number };
  abort?: { percentage: number; httpStatus: number };
}

export interface RouteAction {
  /** Never empty; weights are above zero and need not add up to 100. */
  weightedClusters: WeightedCluster[];
  /** For the whole exchange, retries included; 0 means no limit, Istio's default. */
  timeoutMs: number;
  retryPolicy: RetryPolicy;
}

export interface WeightedCluster {
  /** May name a cluster that the table does not have: that share is answered 503, as Envoy does. */
  name: string;
  weight: number;
}

export interface RetryPolicy {
  /** Tries after the first one. */
  numRetries: number;
  retryOn: string[];
}

export interface Cluster {
  name: string;
  lbPolicy: 'LEAST_REQUEST' | 'RANDOM' | 'ROUND_ROBIN';
  connectTimeoutMs: number;
  endpoints: Endpoint[];
}

export interface Endpoint {
  address: string;
  port: number;
  pod: string;
}
