import { type Cluster, type Endpoint, type RouteTable, endpointKey } from '@bookinfo/routing';
import type { Random } from '@bookinfo/effects';
import { HashTables } from './hash-tables.js';

/** An endpoint in use; `release` once the request is over. */
export interface Lease {
  endpoint: Endpoint;
  release(): void;
}

/** Picks endpoints as one Envoy does: what it knows of load is its own requests only. */
export class LoadBalancer {
  readonly #random: Random;
  /** Requests under way, by cluster and endpoint; no entry is zero. They outlive a table that is replaced. */
  readonly #active = new Map<string, number>();
  /** Whose turn it is, by cluster. */
  readonly #turns = new Map<string, number>();
  readonly #hashTables: HashTables;

  constructor(random: Random) {
    this.#random = random;
    this.#hashTables = new HashTables(random);
  }

  /**
   * An endpoint whose key isn't among `tried`, as long as there is one; undefined when the cluster is empty. `hash` is
   * what a cluster that hashes goes by; no other asks for its value.
   */
  acquire(
    cluster: Cluster,
    tried: ReadonlySet<string>,
    hash?: { readonly value: bigint | undefined },
  ): Lease | undefined {
    const endpoint = this.#pick(cluster, tried, hash);
    if (!endpoint) return undefined;
    const key = activeKey(cluster, endpoint);
    this.#count(key, 1);
    return { endpoint, release: () => this.#count(key, -1) };
  }

  /** Forgets the turns and rings of clusters that are gone. */
  retain(table: RouteTable): void {
    for (const name of this.#turns.keys()) if (!table.clusters.has(name)) this.#turns.delete(name);
    this.#hashTables.retain(table);
  }

  #pick(
    cluster: Cluster,
    tried: ReadonlySet<string>,
    hash: { readonly value: bigint | undefined } | undefined,
  ): Endpoint | undefined {
    switch (cluster.lbPolicy.kind) {
      case 'RING_HASH':
      case 'MAGLEV':
        return this.#hashTables.pick(cluster.name, cluster.lbPolicy, cluster.endpoints, hash?.value, tried);
      case 'RANDOM':
        return this.#any(untried(cluster.endpoints, tried));
      case 'ROUND_ROBIN': {
        const endpoints = untried(cluster.endpoints, tried);
        return endpoints.length < 2 ? endpoints[0] : endpoints[this.#nextTurn(cluster) % endpoints.length];
      }
      case 'LEAST_REQUEST':
        return this.#leastBusy(cluster, untried(cluster.endpoints, tried));
      case 'CLUSTER_PROVIDED':
        return cluster.endpoints[0];
    }
  }

  /** The power of two choices, drawn with replacement (Envoy: least_request_lb.cc). */
  #leastBusy(cluster: Cluster, endpoints: readonly Endpoint[]): Endpoint | undefined {
    if (endpoints.length < 2) return endpoints[0];
    const [one, other] = [this.#any(endpoints), this.#any(endpoints)];
    return one && other && this.#load(cluster, other) < this.#load(cluster, one) ? other : one;
  }

  #nextTurn(cluster: Cluster): number {
    const turn = this.#turns.get(cluster.name) ?? 0;
    this.#turns.set(cluster.name, turn + 1);
    return turn;
  }

  #any(endpoints: readonly Endpoint[]): Endpoint | undefined {
    return endpoints.length < 2 ? endpoints[0] : endpoints[Math.floor(this.#random() * endpoints.length)];
  }

  #load(cluster: Cluster, endpoint: Endpoint): number {
    return this.#active.get(activeKey(cluster, endpoint)) ?? 0;
  }

  #count(key: string, change: number): void {
    const count = (this.#active.get(key) ?? 0) + change;
    if (count > 0) this.#active.set(key, count);
    else this.#active.delete(key);
  }
}

/** All of them when all were tried. */
function untried(endpoints: readonly Endpoint[], tried: ReadonlySet<string>): readonly Endpoint[] {
  if (tried.size === 0) return endpoints;
  const left = endpoints.filter((endpoint) => !tried.has(endpointKey(endpoint)));
  return left.length > 0 ? left : endpoints;
}

function activeKey(cluster: Cluster, endpoint: Endpoint): string {
  return `${cluster.name} ${endpointKey(endpoint)}`;
}
