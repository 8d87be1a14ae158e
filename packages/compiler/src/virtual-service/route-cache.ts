import type { VirtualService } from '@bookinfo/rules';
import type { Route } from '@bookinfo/routing';

type RoutesOfListener = Map<VirtualService, readonly Route[]>;

/** Compiled routes for one client: of VirtualServices by listener, and of Services without one. */
export class RouteCache {
  readonly #current = new Map<string, RoutesOfListener>();
  readonly #defaults = new Map<string, readonly Route[]>();
  readonly #previous: ReadonlyMap<string, RoutesOfListener> | undefined;
  readonly #previousDefaults: ReadonlyMap<string, readonly Route[]> | undefined;

  /** `previous` has routes that were compiled with the same inputs except VirtualServices. */
  constructor(previous?: RouteCache) {
    this.#previous = previous && previous.#current;
    this.#previousDefaults = previous && previous.#defaults;
  }

  /** Returns the routes of the VirtualService for the listener, compiled only for a new VirtualService. */
  get(
    virtualService: VirtualService,
    { gateway, port }: { gateway: string; port: number },
    compile: () => readonly Route[],
  ): readonly Route[] {
    const listener = `${gateway} ${port}`;
    let current = this.#current.get(listener);
    if (!current) this.#current.set(listener, (current = new Map()));
    let routes = current.get(virtualService);
    if (!routes) {
      routes = this.#previous?.get(listener)?.get(virtualService) ?? compile();
      current.set(virtualService, routes);
    }
    return routes;
  }

  /** Returns the default route of a virtual host, compiled only once for the same services. */
  ofDefault(virtualHost: string, compile: () => readonly Route[]): readonly Route[] {
    const routes = this.#previousDefaults?.get(virtualHost) ?? compile();
    this.#defaults.set(virtualHost, routes);
    return routes;
  }
}
