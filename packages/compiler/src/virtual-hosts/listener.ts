import type { Client, RegisteredService, Registry } from '@bookinfo/rules';
import type { LeaveOut } from '../left-out.js';
import type { Delegates } from '../virtual-service/delegates.js';
import type { HashPolicies } from '../destination-rule/hash-policies.js';
import type { Imports } from './imports.js';
import type { RouteCache } from '../virtual-service/route-cache.js';

/** Inputs of all routes of one proxy, besides the rules themselves. */
export interface ProxyView {
  client: Client;
  /** The services that the client's proxy has. */
  registry: Registry;
  /** Those and the ones that it does not import. */
  visible: Registry;
  imports: Imports;
  /** Services that it calls by their addresses, without any rule. */
  lacked: readonly RegisteredService[];
  istioVersion: string;
  delegates: Delegates;
  hashPolicies: HashPolicies;
  routes: RouteCache;
  /** Receives every rule that the proxy lacks. */
  leaveOut?: LeaveOut | undefined;
}

/** One port of one proxy. */
export interface Listener extends ProxyView {
  /** The gateway that VirtualServices bind to: `mesh`, or a Gateway as `namespace/name`. */
  gateway: string;
  /** The port that clients call; at a gateway the port of a Gateway's server. */
  port: number;
}
