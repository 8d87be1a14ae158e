import type { Cluster } from './cluster.js';
import type { CorsPolicy } from './cors-policy.js';
import type { HeaderMutations } from './header-mutations.js';
import type { RouteAction } from './route-action.js';
import type { RouteMatch } from './route-match.js';
import type { RuleSource } from './rule-source.js';
import type { TracingSettings } from './tracing-settings.js';

/** A proxy's place: beside a workload, for the requests that it sends, or at the edge of the mesh. */
export type ProxyRole = 'sidecar' | 'gateway';

/**
 * The configuration of one proxy, shaped like Envoy's, so that the embedded proxy only interprets it and the Envoy target
 * only serialises it. Plain data: no functions, no classes.
 */
export interface RouteTable {
  /**
   * By the port that the client called; at a gateway by the listener's port. A port of HTTPS has one for each server, all
   * others have one.
   */
  routeConfigurations: ReadonlyMap<number, readonly RouteConfiguration[]>;
  /** By cluster name, `outbound|<port>|<subset>|<fqdn>`. */
  clusters: ReadonlyMap<string, Cluster>;
  /**
   * Treatment of a request to a port or host without a virtual host: a sidecar passes it through (ALLOW_ANY) or blocks it
   * (REGISTRY_ONLY), a gateway responds 404.
   */
  unmatchedHost: 'passthrough' | 'block' | 'not-found';
  tracing?: TracingSettings;
}

/** The virtual hosts of one port, or of one server of HTTPS. */
export interface RouteConfiguration {
  /** Istio's name: `9080` for a sidecar; `http.80`, or `https.443.<port name>.<Gateway>.<namespace>`, for a gateway. */
  name: string;
  /** Present for a server of HTTPS: the names (SNI) that it serves, lower-case; `*` stands for every name and for none. */
  serverNames?: readonly string[];
  virtualHosts: VirtualHost[];
}

/** One host. A request to it that matches no route gets a 404; no other virtual host is tried. */
export interface VirtualHost {
  /** `<host>:<port>`. */
  name: string;
  /** Lower-case, without a port; `*` matches every host. */
  domains: string[];
  /** The first route that matches is taken. */
  routes: readonly Route[];
}

export interface Route {
  name: string;
  match: RouteMatch;
  fault?: Fault;
  cors?: CorsPolicy;
  /** For every destination, and for responses of the proxy itself. */
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
  action: RouteAction;
  /** The rule that the route was compiled from; absent for the default route of a service. */
  rule?: RuleSource;
}

/** Faults to inject. Delay and abort are drawn independently, the delay first; percentages are 0 to 100. */
export interface Fault {
  delay?: { percentage: number; fixedDelayMs: number };
  /** A `grpcStatus` makes the response a 200 with the header grpc-status. */
  abort?: { percentage: number; httpStatus: number; grpcStatus?: number };
}
