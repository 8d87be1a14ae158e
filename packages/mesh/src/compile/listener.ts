import type { Registry } from '../registry/registry.js';
import type { Client } from './model.js';

/** One port of one proxy: all that the routes of a VirtualService depend on beside its own text. */
export interface Listener {
  client: Client;
  /** What VirtualServices bind to that this listener is for: `mesh`, or a Gateway as `namespace/name`. */
  gateway: string;
  /** The one that clients call; of a gateway that of a Gateway's server. */
  port: number;
  /** As its client sees it. */
  registry: Registry;
  istioVersion: string;
}
