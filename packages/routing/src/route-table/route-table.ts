import type { Origin } from '@bookinfo/text';
import type { Cluster } from './cluster.js';
import type { CorsPolicy } from './cors-policy.js';
import type { HeaderMutations } from './header-mutations.js';
import type { RouteAction } from './route-action.js';
import type { RouteMatch } from './route-match.js';

/**
 * What one proxy knows, shaped like Envoy's own configuration, so that an engine only has to interpret it
 * and a serialiser only has to write it down. Plain data: no functions, no classes.
 */
export interface RouteTable {
  /** By the port that the client called; a gateway has one for each port that it listens to. */
  routeConfigurations: ReadonlyMap<number, RouteConfiguration>;
  /** By cluster name, `outbound|<port>|<subset>|<fqdn>`. */
  clusters: ReadonlyMap<string, Cluster>;
  /**
   * What becomes of a request whose port or host none of the above claims: a sidecar lets it out (ALLOW_ANY) or
   * blocks it (REGISTRY_ONLY), a gateway answers 404.
   */
  unmatchedHost: 'passthrough' | 'block' | 'not-found';
}

/** The virtual hosts of one port. */
export interface RouteConfiguration {
  /** As Istio names it: `9080` for a sidecar, `http.80` for a gateway. */
  name: string;
  virtualHosts: VirtualHost[];
}

/** One host; a request that enters it and meets no route gets a 404, never another virtual host. */
export interface VirtualHost {
  /** `<host>:<port>`. */
  name: string;
  /** Lower-case, without a port; `*` stands for every host. */
  domains: string[];
  /** In order of evaluation: the first match wins. */
  routes: readonly Route[];
}

export interface Route {
  name: string;
  match: RouteMatch;
  fault?: Fault;
  cors?: CorsPolicy;
  /** For every destination, and for answers that the proxy makes itself. */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  action: RouteAction;
  /** The rule that it was compiled from; absent on the default route of a service that no rule names. */
  rule?: RuleSource;
}

/** Where a route comes from, for people. */
export interface RuleSource {
  /** `VirtualService/default/reviews`. */
  resource: string;
  origin: Origin;
  /** The rule of another VirtualService that has the hosts, and hands its requests over. */
  delegatedBy?: RuleSource;
}

/** Delay and abort are drawn independently, the delay first; percentages are 0 to 100. */
export interface Fault {
  delay?: { percentage: number; fixedDelayMs: number };
  /** A `grpcStatus` is answered as HTTP 200 with the header grpc-status. */
  abort?: { percentage: number; httpStatus: number; grpcStatus?: number };
}
