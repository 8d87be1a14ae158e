import type { Route, VirtualHost } from '@bookinfo/routing';
import type { SentVirtualHost } from '../controller/messages.js';

/**
 * A virtual host whose routes are read from their JSON for the first request to it. Reading all routes of a large table at
 * once would hold up every request in the mesh.
 */
export class ReceivedVirtualHost implements VirtualHost {
  readonly name: string;
  readonly domains: string[];
  #text: string;
  #routes: readonly Route[] | undefined;

  constructor({ name, domains, routes }: SentVirtualHost) {
    this.name = name;
    this.domains = domains;
    this.#text = routes;
  }

  get routes(): readonly Route[] {
    if (!this.#routes) {
      this.#routes = JSON.parse(this.#text) as Route[];
      this.#text = '';
    }
    return this.#routes;
  }
}
