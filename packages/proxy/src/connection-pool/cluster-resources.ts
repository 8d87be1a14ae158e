import type { CircuitBreakers } from '@bookinfo/routing';

/** The resources that a cluster's circuit breakers limit. */
export type Resource = 'connections' | 'pendingRequests' | 'requests' | 'retries';

const LIMITS: Record<Resource, keyof CircuitBreakers> = {
  connections: 'maxConnections',
  pendingRequests: 'maxPendingRequests',
  requests: 'maxRequests',
  retries: 'maxRetries',
};

/** The resources that one proxy uses at one cluster, of all endpoints together (Envoy: ResourceManagerImpl). */
export class ClusterResources {
  readonly #counts: Record<Resource, number> = {
    connections: 0,
    pendingRequests: 0,
    requests: 0,
    retries: 0,
  };

  hasRoomFor(resource: Resource, limits: CircuitBreakers): boolean {
    return this.#counts[resource] < limits[LIMITS[resource]];
  }

  countOf(resource: Resource): number {
    return this.#counts[resource];
  }

  add(resource: Resource): void {
    this.#counts[resource] += 1;
  }

  remove(resource: Resource): void {
    this.#counts[resource] -= 1;
  }

  get isUnused(): boolean {
    return Object.values(this.#counts).every((count) => count === 0);
  }
}
