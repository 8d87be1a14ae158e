import type { Registry, Client } from '@bookinfo/rules';
import type { Delegates } from './delegates.js';

/** What all routes of one proxy depend on beside the rules themselves. */
export interface ProxyView {
  client: Client;
  /** As the client sees it. */
  registry: Registry;
  istioVersion: string;
  delegates: Delegates;
}

/** One port of one proxy. */
export interface Listener extends ProxyView {
  /** What VirtualServices bind to that this listener is for: `mesh`, or a Gateway as `namespace/name`. */
  gateway: string;
  /** The one that clients call; of a gateway that of a Gateway's server. */
  port: number;
}
