import type { Registry } from '../registry/registry.js';
import type { Client } from './model.js';

/** One port of one proxy: all that the routes of a VirtualService depend on beside its own text. */
export interface Listener {
  client: Client;
  /** The one that clients call; of a gateway that of a Gateway's server. */
  port: number;
  /** As its client sees it. */
  registry: Registry;
  istioVersion: string;
}
