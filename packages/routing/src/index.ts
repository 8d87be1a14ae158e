export { corsHeaders, preflightHeaders } from './decide/cors.js';
export { decide } from './decide/decide.js';
export type { Decision, RouteRequest } from './decide/decision.js';
export type { Forwarding } from './decide/forwarding.js';
export { firstMismatch, matchSubject } from './decide/match.js';
export { rewritePath } from './decide/path-rewrite.js';
export { normalizePath, withoutQuery } from './decide/path.js';
export { queryParameter } from './decide/query-parameter.js';
export { reasonFor } from './decide/reason.js';
export { redirectLocation } from './decide/redirect-location.js';
export { matchesRegex } from './decide/regex.js';
export { findRoute } from './decide/route-index.js';
export { Search } from './decide/search.js';
export { parseTarget, type Target } from './decide/target.js';
export { type Header, HeaderList } from './http/header-list.js';
export {
  asteriskFormReply,
  BAD_TARGET,
  BLOCKED,
  clusterNotFound,
  CONNECT_NOT_IMPLEMENTED,
  corsPreflight,
  directResponse,
  faultAbort,
  internalError,
  type LocalReply,
  LOOP_DETECTED,
  NO_HEALTHY_UPSTREAM,
  redirect,
  RETRY_BUFFER_EXCEEDED,
  ROUTE_NOT_FOUND,
  SERVER_NAME,
  UPGRADE_FAILED,
  UPSTREAM_REQUEST_TIMEOUT,
  upstreamResetReply,
} from './local-replies/local-reply.js';
export { flagOfReset, type ResponseFlag } from './local-replies/response-flag.js';
export { transportFailureReason } from './local-replies/transport-failure.js';
export { isRetriableReset, isRetriableResponse } from './retries/retry-conditions.js';
export {
  HostNotFound,
  Overflow,
  PerTryTimeout,
  StaleConnection,
  TlsFailure,
  UpstreamReset,
} from './retries/upstream-reset.js';
export { CONNECT_TIMEOUT_MS, UNLIMITED } from './route-table/cluster-defaults.js';
export { clusterName } from './route-table/cluster-name.js';
export {
  type CircuitBreakers,
  type Cluster,
  type Endpoint,
  endpointKey,
  type LbPolicy,
  type OutlierDetection,
  type TlsOrigination,
} from './route-table/cluster.js';
export type { CorsPolicy } from './route-table/cors-policy.js';
export type { HeaderMutations, HeaderValue } from './route-table/header-mutations.js';
export { PASSTHROUGH } from './route-table/passthrough.js';
export { DEFAULT_PORTS, GATEWAY_PORT } from './route-table/ports.js';
export type { ProxyRole } from './route-table/proxy-role.js';
export {
  DEFAULT_RETRY_POLICY,
  DEFAULT_RETRY_POLICY_BEFORE_1_24,
  isDefaultRetryPolicy,
} from './route-table/retry-defaults.js';
export type {
  DirectResponseAction,
  ForwardAction,
  HashPolicy,
  PathRewrite,
  RedirectAction,
  RequestMirrorPolicy,
  RetryPolicy,
  RouteAction,
  WeightedCluster,
} from './route-table/route-action.js';
export type {
  HeaderMatch,
  PathMatch,
  QueryParameterMatch,
  RouteMatch,
  StringMatch,
} from './route-table/route-match.js';
export type {
  Fault,
  Route,
  RouteConfiguration,
  RouteTable,
  RuleSource,
  VirtualHost,
} from './route-table/route-table.js';
