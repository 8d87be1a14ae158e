import type { RouteTable, VirtualHost } from '../route-table/route-table.js';
import { HostIndex } from './host-index.js';
import { Regexes } from './regexes.js';
import { RouteIndex } from './route-index.js';

/**
 * A route table prepared for matching. Owns what is derived from the table: an index of hosts for each port, an index of routes
 * for each virtual host, and the compiled regular expressions. Each is made for the first request that needs it, so that
 * a new table of a thousand hosts costs nothing before they are requested.
 */
export class Matcher {
  readonly table: RouteTable;
  readonly regexes = new Regexes();
  readonly #hosts = new Map<number, HostIndex>();
  readonly #routes = new Map<VirtualHost, RouteIndex>();

  constructor(table: RouteTable) {
    this.table = table;
  }

  /** Returns the index of the hosts at a port, undefined when the proxy has no HTTP listener there. */
  hostsAt(port: number): HostIndex | undefined {
    let index = this.#hosts.get(port);
    if (!index) {
      const configuration = this.table.routeConfigurations.get(port);
      if (!configuration) return undefined;
      this.#hosts.set(port, (index = new HostIndex(configuration)));
    }
    return index;
  }

  /** Returns the index of the routes of one of the table's virtual hosts. */
  routesOf(virtualHost: VirtualHost): RouteIndex {
    let index = this.#routes.get(virtualHost);
    if (!index) this.#routes.set(virtualHost, (index = new RouteIndex(virtualHost.routes)));
    return index;
  }
}
