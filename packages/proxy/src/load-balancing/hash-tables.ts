import type { Endpoint, LbPolicy, RouteTable } from '@bookinfo/routing';
import type { Random } from '@bookinfo/effects';
import { hashKey, type HashTable } from './hash-table.js';
import { Maglev } from './maglev.js';
import { Ring } from './ring.js';

type HashingPolicy = Extract<LbPolicy, { kind: 'RING_HASH' | 'MAGLEV' }>;

interface Built {
  policy: HashingPolicy;
  endpoints: readonly Endpoint[];
  table: HashTable;
}

/** Choices among endpoints that were tried before Istio takes one again (retry.go, HostSelectionRetryMaxAttempts). */
const RESELECTIONS = 5;

/** A ring or a Maglev table for each cluster that hashes, made when it is first needed and for as long as its endpoints stay. */
export class HashTables {
  readonly #random: Random;
  readonly #built = new Map<string, Built>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** A request without a hash gets any endpoint; undefined when there is none. */
  pick(
    cluster: string,
    policy: HashingPolicy,
    endpoints: readonly Endpoint[],
    hash: bigint | undefined,
    tried: ReadonlySet<string>,
  ): Endpoint | undefined {
    if (endpoints.length < 2) return endpoints[0];
    const table = this.#tableOf(cluster, policy, endpoints);
    const wanted = hash ?? BigInt(Math.floor(this.#random() * 2 ** 53)) << 11n;
    let chosen: Endpoint | undefined;
    for (let attempt = 0; attempt <= RESELECTIONS; attempt += 1) {
      chosen = table.choose(wanted, attempt);
      if (!chosen || !tried.has(`${chosen.address}:${chosen.port}`)) return chosen;
    }
    return chosen;
  }

  /** Forgets the clusters that are gone. */
  retain({ clusters }: RouteTable): void {
    for (const name of this.#built.keys()) if (!clusters.has(name)) this.#built.delete(name);
  }

  #tableOf(cluster: string, policy: HashingPolicy, endpoints: readonly Endpoint[]): HashTable {
    const built = this.#built.get(cluster);
    if (built && isSamePolicy(built.policy, policy) && areSame(built.endpoints, endpoints))
      return built.table;
    const table =
      policy.kind === 'MAGLEV'
        ? new Maglev(endpoints, policy.tableSize)
        : new Ring(endpoints, policy.minimumRingSize);
    this.#built.set(cluster, { policy, endpoints, table });
    return table;
  }
}

function isSamePolicy(one: HashingPolicy, other: HashingPolicy): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function areSame(some: readonly Endpoint[], others: readonly Endpoint[]): boolean {
  if (some === others) return true;
  return (
    some.length === others.length &&
    some.every((endpoint, index) => {
      const other = others[index];
      return other !== undefined && hashKey(endpoint) === hashKey(other);
    })
  );
}
