import type { Random } from '@bookinfo/effects';
import type { Endpoint, LbPolicy, RouteTable } from '@bookinfo/routing';
import { Maglev } from './maglev.js';
import { chooseUnattempted } from './reselection.js';
import { Ring } from './ring.js';
import { areSameEndpoints } from './same-endpoints.js';

type HashingPolicy = Extract<LbPolicy, { kind: 'RING_HASH' | 'MAGLEV' }>;

interface CachedTable {
  policy: HashingPolicy;
  endpoints: readonly Endpoint[];
  table: Ring | Maglev;
}

/** The ring or Maglev table of each cluster that hashes, built when it is first needed and kept while its endpoints stay. */
export class HashTables {
  readonly #random: Random;
  readonly #cache = new Map<string, CachedTable>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Returns the endpoint for a hash, a random one for a request without a hash; undefined when there is no endpoint. */
  pick(
    cluster: string,
    policy: HashingPolicy,
    endpoints: readonly Endpoint[],
    hash: bigint | undefined,
    attempted: ReadonlySet<string>,
  ): Endpoint | undefined {
    if (endpoints.length < 2) return endpoints[0];
    const table = this.#tableOf(cluster, policy, endpoints);
    const wanted = hash ?? BigInt(Math.floor(this.#random() * 2 ** 53)) << 11n;
    return chooseUnattempted(attempted, (selection) => table.choose(wanted, selection));
  }

  /** Removes the tables of clusters that are gone. */
  retain({ clusters }: RouteTable): void {
    for (const name of this.#cache.keys()) if (!clusters.has(name)) this.#cache.delete(name);
  }

  #tableOf(cluster: string, policy: HashingPolicy, endpoints: readonly Endpoint[]): Ring | Maglev {
    const cached = this.#cache.get(cluster);
    if (cached && isSamePolicy(cached.policy, policy) && areSameEndpoints(cached.endpoints, endpoints))
      return cached.table;
    const table =
      policy.kind === 'MAGLEV'
        ? new Maglev(endpoints, policy.tableSize)
        : new Ring(endpoints, policy.minimumRingSize);
    this.#cache.set(cluster, { policy, endpoints, table });
    return table;
  }
}

function isSamePolicy(one: HashingPolicy, other: HashingPolicy): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
