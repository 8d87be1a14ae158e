import type { VirtualService } from '@bookinfo/rules';
import type { Route } from '@bookinfo/routing';

type RoutesOfListener = Map<VirtualService, readonly Route[]>;

/** Compiled routes of VirtualServices for one client, by listener. */
export class RouteCache {
  readonly #current = new Map<string, RoutesOfListener>();
  readonly #previous: ReadonlyMap<string, RoutesOfListener> | undefined;

  /** `previous` has routes that were compiled with the same inputs except VirtualServices. */
  constructor(previous?: RouteCache) {
    this.#previous = previous && previous.#current;
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
}
