import type { Cluster, Endpoint } from '../compile/cluster.js';
import type { RouteTable } from '../compile/route-table.js';
import type { Random } from '../decide/decision.js';

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

  constructor(random: Random) {
    this.#random = random;
  }

  /** An endpoint whose key isn't among `tried`, as long as there is one; undefined when the cluster is empty. */
  acquire(cluster: Cluster, tried: ReadonlySet<string>): Lease | undefined {
    const untried =
      tried.size === 0 ? cluster.endpoints : cluster.endpoints.filter((one) => !tried.has(endpointKey(one)));
    const endpoint = this.#pick(cluster, untried.length > 0 ? untried : cluster.endpoints);
    if (!endpoint) return undefined;
    const key = activeKey(cluster, endpoint);
    this.#count(key, 1);
    return { endpoint, release: () => this.#count(key, -1) };
  }

  /** Forgets the turns of clusters that are gone. */
  retain(table: RouteTable): void {
    for (const name of this.#turns.keys()) if (!table.clusters.has(name)) this.#turns.delete(name);
  }

  #pick(cluster: Cluster, endpoints: readonly Endpoint[]): Endpoint | undefined {
    if (endpoints.length < 2) return endpoints[0];
    if (cluster.lbPolicy.kind === 'RANDOM') return this.#any(endpoints);
    if (cluster.lbPolicy.kind === 'ROUND_ROBIN') return endpoints[this.#nextTurn(cluster) % endpoints.length];
    // The power of two choices, drawn with replacement (Envoy: least_request_lb.cc).
    const [one, other] = [this.#any(endpoints), this.#any(endpoints)];
    return one && other && this.#load(cluster, other) < this.#load(cluster, one) ? other : one;
  }

  #nextTurn(cluster: Cluster): number {
    const turn = this.#turns.get(cluster.name) ?? 0;
    this.#turns.set(cluster.name, turn + 1);
    return turn;
  }

  #any(endpoints: readonly Endpoint[]): Endpoint | undefined {
    return endpoints[Math.floor(this.#random() * endpoints.length)];
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

/** Tells endpoints apart; the same in every table. */
export function endpointKey({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}

function activeKey(cluster: Cluster, endpoint: Endpoint): string {
  return `${cluster.name} ${endpointKey(endpoint)}`;
}
