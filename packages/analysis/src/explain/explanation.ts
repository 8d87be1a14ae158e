import type {
  Cluster,
  CorsPolicy,
  HeaderMutations,
  RouteAction,
  Fault,
  RouteRequest,
} from '@bookinfo/routing';
import type { LeftOutCode } from '@bookinfo/compiler';
import type { DestinationPolicy } from './describe-limits.js';

/** The route of a request and the reasons for it, as plain data. */
export interface Explanation {
  /** The client whose proxy routes the request, such as `productpage-v1` or `ingress gateway`. */
  from: string;
  request: RouteRequest;
  /** The virtual host of the request's host; absent when there is none. */
  virtualHost?: string;
  /** Ports at which the host listens, when it has no virtual host at this one. */
  hint?: string;
  /** The path that the backend receives, when a rule rewrites it. */
  rewrittenPath?: string;
  /** The location header of a redirect. */
  location?: string;
  /** The rule that matches; absent for a Service's default route, and when none matches. */
  rule?: RuleReference;
  /** The rules before it, in order, with the first predicate of each that fails. */
  passedOver: (RuleReference & { reason: string })[];
  /** Rules that have the host or cover it, and were not considered. */
  leftOut: LeftOutRule[];
  fault?: Fault;
  cors?: CorsPolicy;
  /** Changes of headers that the rule makes for every destination. */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  action: ExplainedAction;
  /** True for a CORS preflight, which the proxy answers itself. */
  isPreflight: boolean;
}

/** A rule, or all rules of a resource, that the proxy lacks for the host. */
export interface LeftOutRule extends RuleReference {
  /** The name of its page in docs/findings. */
  code: LeftOutCode;
  reason: string;
}

/** A rule and its position in a file. */
export interface RuleReference {
  /** `VirtualService/default/reviews`; absent for a default route. */
  resource?: string;
  /** Name of the rule and of its match; empty when it has none. */
  name: string;
  file?: string;
  line?: number;
  /** The rule of another VirtualService that delegates to this one. */
  delegatedBy?: RuleReference;
}

/** The action of the route that the request meets, or the reason why there is none. */
export type ExplainedAction =
  | (Extract<RouteAction, { kind: 'forward' }> & { destinations: Destination[] })
  | Exclude<RouteAction, { kind: 'forward' }>
  /** The host has no virtual host: forwarded to it, or 404. `route-not-found`: no route of the virtual host matches, 404. */
  | { kind: 'passthrough' | 'not-found' | 'route-not-found' }
  /** REGISTRY_ONLY: 502, or without a listener the connection is closed. */
  | { kind: 'blocked'; hasListener: boolean };

/** One of a route's weighted clusters. */
export interface Destination {
  cluster: string;
  /** 0 to 1. */
  share: number;
  /** The proxy itself responds to requests for `cluster-not-found` and `no-healthy-upstream`. */
  state: 'ready' | 'no-healthy-upstream' | 'cluster-not-found';
  /** The reason why the cluster was not found. */
  reason?: string;
  lbPolicy?: Cluster['lbPolicy'];
  policy?: DestinationPolicy;
  /** Names of pods by their workload, such as `reviews-v2`. */
  endpoints: Record<string, string[]>;
  /** The weights of the endpoints of each workload together; absent if all endpoints weigh the same. */
  weights?: Record<string, number>;
  /** Changes of headers for this destination only, before those of the rule. */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  hostRewrite?: string;
}
