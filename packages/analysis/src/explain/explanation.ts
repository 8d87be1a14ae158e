import type {
  Cluster,
  CorsPolicy,
  HeaderMutations,
  RouteAction,
  Fault,
  RouteRequest,
} from '@bookinfo/routing';
import type { DestinationPolicy } from './describe-limits.js';

/** Why a request goes where it goes. Plain data, the same for people and programs. */
export interface Explanation {
  /** Whose proxy routes it: `productpage-v1`, `ingress gateway`. */
  from: string;
  request: RouteRequest;
  /** The virtual host that claims the request's host. */
  virtualHost?: string;
  /** Of a host that nothing claims at this port: where it could be meant to go. */
  hint?: string;
  /** The path that the backend sees, where a rule rewrites it. */
  rewrittenPath?: string;
  /** Where a redirect leads. */
  location?: string;
  /** The rule that wins; absent for a Service's default route, and when nothing matches. */
  rule?: RuleReference;
  /** The rules before it, in order, with the first predicate of each that does not hold. */
  passedOver: (RuleReference & { reason: string })[];
  fault?: Fault;
  cors?: CorsPolicy;
  /** What the rule changes in requests and answers, whatever the destination. */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  action: ExplainedAction;
}

/** A rule, and where it is written. */
export interface RuleReference {
  /** `VirtualService/default/reviews`; absent for a default route. */
  resource?: string;
  /** The rule's own name, and that of its match; empty when it has none. */
  name: string;
  file?: string;
  line?: number;
  /** The rule of another VirtualService that delegates to it. */
  delegatedBy?: RuleReference;
}

/** What is done with it. */
export type ExplainedAction =
  | (Extract<RouteAction, { kind: 'forward' }> & { destinations: Destination[] })
  | Exclude<RouteAction, { kind: 'forward' }>
  /** Nothing claims the host: passed on to whoever it is, or 404; or no route of the virtual host matches: 404. */
  | { kind: 'passthrough' | 'not-found' | 'route-not-found' }
  /** REGISTRY_ONLY: 502, or without a listener the connection is closed. */
  | { kind: 'blocked'; hasListener: boolean };

/** One of a route's weighted clusters. */
export interface Destination {
  cluster: string;
  /** 0 to 1. */
  share: number;
  /** `cluster-not-found` and `no-healthy-upstream` are answered by the proxy. */
  state: 'ready' | 'no-healthy-upstream' | 'cluster-not-found';
  lbPolicy?: Cluster['lbPolicy'];
  policy?: DestinationPolicy;
  /** Pods by their workload's app and version: `reviews-v2`. */
  endpoints: Record<string, string[]>;
  /** What is changed for this destination only, before what the rule changes. */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  hostRewrite?: string;
}
