import type { HeaderMutations } from './header-mutations.js';

/** The action of a route. */
export type RouteAction = ForwardAction | RedirectAction | DirectResponseAction;

/** Sends requests to a backend. */
export interface ForwardAction {
  kind: 'forward';
  /** Weights are above zero and need not add up to 100. */
  weightedClusters: WeightedCluster[];
  /** Limit of the whole exchange, retries included; 0, Istio's default, for none. */
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  rewrite?: PathRewrite;
  /** Host header for backends. */
  hostRewrite?: string;
  mirrors: RequestMirrorPolicy[];
  /** Parts of the request that a hashing load balancer combines, in this order. */
  hashPolicies: HashPolicy[];
  /** Status for a cluster that the table does not have: 503, or 500 for routes of the Gateway API. */
  clusterNotFoundStatus: 503 | 500;
}

export interface WeightedCluster {
  /** May name a cluster that the table does not have; its share gets `clusterNotFoundStatus`, as in Envoy. */
  name: string;
  weight: number;
  /** Applied before the route's changes (Envoy evaluates the most specific level first). */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  /** The route's `hostRewrite` has precedence. */
  hostRewrite?: string;
}

/** `prefix` replaces the prefix that the route matched, `path` the whole path, `regex` every match; the query stays. */
export type PathRewrite =
  | { kind: 'prefix'; value: string }
  | { kind: 'path'; value: string }
  | { kind: 'regex'; pattern: string; substitution: string };

export interface RetryPolicy {
  /** Attempts after the first one. */
  numRetries: number;
  /** Envoy's conditions (x-envoy-retry-on), such as `connect-failure`. */
  retryOn: string[];
  /** Status codes for the condition `retriable-status-codes`. */
  retriableStatusCodes: number[];
  /** 0 for none. */
  perTryTimeoutMs: number;
  /** Base of the jittered exponential back-off, whose longest wait is ten times as long. */
  baseIntervalMs: number;
  /** Avoids endpoints of earlier attempts as long as there are others (Envoy: previous_hosts). */
  avoidPreviousHosts: boolean;
}

/** A copy of the request, whose response is discarded. */
export interface RequestMirrorPolicy {
  cluster: string;
  /** 0 to 100. */
  percentage: number;
  /** Appends `-shadow` to the copy's Host (Istio through 1.27). */
  shadowHostSuffix: boolean;
}

export type HashPolicy =
  | { kind: 'header'; name: string }
  /** With `ttlMs` the proxy sets an absent cookie; 0 makes it a session cookie. */
  | { kind: 'cookie'; name: string; path?: string; ttlMs?: number }
  | { kind: 'source-ip' }
  | { kind: 'query-parameter'; name: string };

/** Responds with a Location, whose absent parts are the request's. */
export interface RedirectAction {
  kind: 'redirect';
  status: 301 | 302 | 303 | 307 | 308;
  host?: string;
  scheme?: 'http' | 'https';
  /** The Location has no port when this is absent, `from-protocol` or the default of the scheme. */
  port?: number | 'from-protocol' | 'from-request';
  path?: PathRewrite;
}

/** Responds without a backend. */
export interface DirectResponseAction {
  kind: 'direct-response';
  status: number;
  body: string;
}
