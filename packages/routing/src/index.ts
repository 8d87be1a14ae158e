export { decide } from './decision/decide.js';
export type { Decision, Forwarding, Outcome } from './decision/decision.js';
export { PASSTHROUGH } from './decision/passthrough.js';
export { RouteLookup } from './decision/route-lookup.js';
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
export { firstMismatch, matchSubject } from './matching/match.js';
export { HostIndex } from './matching/host-index.js';
export { Matcher } from './matching/matcher.js';
export { queryParameter } from './matching/query-parameter.js';
export { Regexes } from './matching/regexes.js';
export { normalizePath, withoutQuery } from './request/path.js';
export type { RouteRequest } from './request/route-request.js';
export { parseTarget, type Target } from './request/target.js';
export { isRetriableReset, isRetriableResponse } from './retries/retry-conditions.js';
export {
  EndpointGone,
  HostNotFound,
  Overflow,
  PerTryTimeout,
  StaleConnection,
  TlsFailure,
  UpstreamReset,
} from './retries/upstream-reset.js';
export {
  CONNECT_TIMEOUT_MS,
  clusterAddressName,
  clusterName,
  endpointKey,
  isClusterAddress,
  UNLIMITED,
  type CircuitBreakers,
  type Cluster,
  type Endpoint,
  type LbPolicy,
  type OutlierDetection,
  type SlowStart,
  type TlsOrigination,
} from './route-table/cluster.js';
export type { CorsPolicy } from './route-table/cors-policy.js';
export { formatHeaderValue, literalHeaderValue, type RequestProperties } from './http/header-format.js';
export type { HeaderMutations, HeaderValue } from './route-table/header-mutations.js';
export { INBOUND_SOURCE_ADDRESS, inboundTable } from './route-table/inbound-table.js';
export { operationName } from './route-table/operation-name.js';
export { DEFAULT_PORTS } from './route-table/ports.js';
export { DEFAULT_RETRY_POLICY, DEFAULT_RETRY_POLICY_BEFORE_1_24 } from './route-table/retry-defaults.js';
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
export type { TlsServer } from './route-table/tls-server.js';
export type {
  HeaderMatch,
  PathMatch,
  QueryParameterMatch,
  RouteMatch,
  StringMatch,
} from './route-table/route-match.js';
export { rootResource, type RuleSource } from './route-table/rule-source.js';
export type { CustomTag, TracingSettings } from './route-table/tracing-settings.js';
export type {
  Fault,
  ProxyRole,
  Route,
  RouteConfiguration,
  RouteTable,
  VirtualHost,
} from './route-table/route-table.js';
