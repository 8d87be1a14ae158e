import type { VirtualService } from '@bookinfo/rules';
import type { Route, VirtualHost } from '@bookinfo/routing';
import type { ServicesByPort } from '../virtual-hosts/services-at.js';

type HostsByPort = ReadonlyMap<number, readonly VirtualHost[]>;

/** A gateway and a port. */
interface At {
  gateway: string;
  port: number;
}

/**
 * What was compiled for one client: the routes of VirtualServices by listener, and Services without rules. It serves every
 * compilation with the same inputs except VirtualServices and HTTPRoutes.
 */
export class RouteCache {
  readonly #routes = new WeakMap<VirtualService, Map<string, readonly Route[]>>();
  #services: ServicesByPort | undefined;
  #addresses: HostsByPort | undefined;

  /**
   * Returns the routes of the VirtualService for the listener, compiled only for a new VirtualService. Those of rules that
   * delegate depend on other VirtualServices too, and are compiled each time.
   */
  get(virtualService: VirtualService, at: At, compile: () => readonly Route[]): readonly Route[] {
    const known = this.known(virtualService, at);
    if (known) return known;
    const routes = compile();
    if (delegates(virtualService)) return routes;
    const byListener = this.#routes.get(virtualService) ?? new Map<string, readonly Route[]>();
    this.#routes.set(virtualService, byListener.set(keyOf(at), routes));
    return routes;
  }

  /** Returns the routes of the VirtualService for the listener if they were compiled. */
  known(virtualService: VirtualService, at: At): readonly Route[] | undefined {
    return this.#routes.get(virtualService)?.get(keyOf(at));
  }

  /** Returns true when routes of the VirtualService were compiled for any listener. */
  has(virtualService: VirtualService): boolean {
    return this.#routes.has(virtualService);
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

/** Returns true when a rule of the VirtualService delegates to another one. */
export function delegates({ spec }: VirtualService): boolean {
  return spec.http.some(({ delegate }) => delegate);
}

function keyOf({ gateway, port }: At): string {
  return `${gateway} ${port}`;
}
