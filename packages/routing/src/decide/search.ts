import type { Route, RouteTable, VirtualHost } from '../route-table/route-table.js';
import type { PassedOver, RouteRequest } from './decision.js';
import { firstMismatch, matchSubject, type MatchSubject } from './match.js';
import { reasonFor } from './reason.js';
import { findRoute } from './route-index.js';
import { findVirtualHost } from './virtual-host.js';

/** What of a table a request meets. A class for the getter's sake: a proxy makes one for each request and reads no reasons. */
export class Search {
  readonly virtualHost: VirtualHost | undefined;
  /** Absent when there is no virtual host, or none of its routes matches. */
  readonly route: Route | undefined;
  /** Whether the proxy listens to HTTP at this port at all. */
  readonly hasListener: boolean;
  readonly #index: number | undefined;
  readonly #subject: MatchSubject;

  /** Looks up the virtual host by port and authority, then its first route that matches. */
  constructor(table: RouteTable, request: RouteRequest) {
    const routeConfiguration = table.routeConfigurations.get(request.port);
    this.hasListener = routeConfiguration !== undefined;
    this.#subject = matchSubject(request);
    this.virtualHost = routeConfiguration && findVirtualHost(routeConfiguration, request.authority);
    this.#index = this.virtualHost && findRoute(this.virtualHost, this.#subject);
    this.route = this.#index === undefined ? undefined : this.virtualHost?.routes[this.#index];
  }

  /** The routes before the one that won, in order, each with the first part of its match that did not hold. */
  get passedOver(): PassedOver[] {
    const earlier = this.virtualHost?.routes.slice(0, this.#index) ?? [];
    return earlier.flatMap((route) => {
      const mismatch = firstMismatch(route.match, this.#subject);
      return mismatch ? [{ route, reason: reasonFor(mismatch, this.#subject) }] : [];
    });
  }
}
