import type { VirtualService } from '@bookinfo/rules';
import type { Route, VirtualHost } from '@bookinfo/routing';
import type { ServicesByPort } from '../virtual-hosts/services-at.js';

type HostsByPort = ReadonlyMap<number, readonly VirtualHost[]>;
type RoutesOfListener = Map<VirtualService, readonly Route[]>;

/** What was compiled for one client: the routes of VirtualServices by listener, and Services without rules. */
export class RouteCache {
  readonly #current = new Map<string, RoutesOfListener>();
  readonly #previous: ReadonlyMap<string, RoutesOfListener> | undefined;
  #services: ServicesByPort | undefined;
  #addresses: HostsByPort | undefined;

  /** `previous` was compiled with the same inputs except VirtualServices and HTTPRoutes. */
  constructor(previous?: RouteCache) {
    this.#previous = previous && previous.#current;
    this.#services = previous && previous.#services;
    this.#addresses = previous && previous.#addresses;
  }

  /**
   * Returns the routes of the VirtualService for the listener, compiled only for a new VirtualService. Those of rules that
   * delegate depend on other VirtualServices too, and are compiled each time.
   */
  get(
    virtualService: VirtualService,
    { gateway, port }: { gateway: string; port: number },
    compile: () => readonly Route[],
  ): readonly Route[] {
    const listener = `${gateway} ${port}`;
    let current = this.#current.get(listener);
    if (!current) this.#current.set(listener, (current = new Map()));
    const known = current.get(virtualService) ?? this.#previous?.get(listener)?.get(virtualService);
    const routes = known ?? compile();
    if (known ?? !virtualService.spec.http.some(({ delegate }) => delegate))
      current.set(virtualService, routes);
    return routes;
  }

  /** Returns the Services of each port, compiled only once for the same Services and hash policies. */
  services(compile: () => ServicesByPort): ServicesByPort {
    this.#services ??= compile();
    return this.#services;
  }

  /** Returns the virtual hosts of Services that the sidecar lacks, compiled only once for the same Services. */
  addresses(compile: () => HostsByPort): HostsByPort {
    this.#addresses ??= compile();
    return this.#addresses;
  }
}
