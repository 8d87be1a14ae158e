import type { HeaderMutations } from './header-mutations.js';

/** What a route does with its requests. */
export type RouteAction = ForwardAction | RedirectAction | DirectResponseAction;

/** Sends them to a backend. */
export interface ForwardAction {
  kind: 'forward';
  /** Weights are above zero and need not add up to 100. Empty only where `clusterNotFoundStatus` is 500 (Gateway API). */
  weightedClusters: WeightedCluster[];
  /** For the whole exchange, retries included; 0 means no limit, Istio's default. */
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  rewrite?: PathRewrite;
  /** The Host that backends see. */
  hostRewrite?: string;
  mirrors: RequestMirrorPolicy[];
  /** For clusters whose load balancer hashes: all that a request has are combined, in this order. */
  hashPolicies: HashPolicy[];
  /** For a cluster that the table does not have: 503, or 500 for routes of the Gateway API. */
  clusterNotFoundStatus: 503 | 500;
}

export interface WeightedCluster {
  /** May name a cluster that the table does not have: that share is answered `clusterNotFoundStatus`, as Envoy does. */
  name: string;
  weight: number;
  /** Carried out before those of the route (Envoy evaluates the most specific level first). */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  /** The route's `hostRewrite` wins over it. */
  hostRewrite?: string;
}

/** `prefix` replaces what the route's match took, `path` all of the path, `regex` every match; the query stays. */
export type PathRewrite =
  | { kind: 'prefix'; value: string }
  | { kind: 'path'; value: string }
  | { kind: 'regex'; pattern: string; substitution: string };

export interface RetryPolicy {
  /** Tries after the first one. */
  numRetries: number;
  /** Envoy's conditions (x-envoy-retry-on), such as `connect-failure`. */
  retryOn: string[];
  /** For the condition `retriable-status-codes`. */
  retriableStatusCodes: number[];
  /** 0 for none. */
  perTryTimeoutMs: number;
  /** Of the jittered exponential back-off; the longest wait is ten times that. */
  baseIntervalMs: number;
  /** Whether endpoints that were tried are avoided as long as there are others (Envoy: previous_hosts). */
  avoidPreviousHosts: boolean;
}

/** A copy of the request whose answer nobody reads. */
export interface RequestMirrorPolicy {
  cluster: string;
  /** 0 to 100. */
  percentage: number;
  /** Whether the copy's Host ends in `-shadow` (Istio through 1.27). */
  shadowHostSuffix: boolean;
}

export type HashPolicy =
  | { kind: 'header'; name: string }
  /** With a `ttlMs` the proxy sets the cookie when it is absent; 0 makes it a session cookie. */
  | { kind: 'cookie'; name: string; path?: string; ttlMs?: number }
  | { kind: 'source-ip' }
  | { kind: 'query-parameter'; name: string };

/** Answers with a Location; parts that are absent are those of the request. */
export interface RedirectAction {
  kind: 'redirect';
  status: 301 | 302 | 303 | 307 | 308;
  host?: string;
  scheme?: 'http' | 'https';
  /** Absent: none is written where `port` is `from-protocol` or the scheme's own. */
  port?: number | 'from-protocol' | 'from-request';
  path?: PathRewrite;
}

/** Answers by itself. */
export interface DirectResponseAction {
  kind: 'direct-response';
  status: number;
  body: string;
}
