import type { Clock, Random } from '@bookinfo/effects';
import { endpointKey, type Cluster, type Endpoint, type RouteTable } from '@bookinfo/routing';
import { HashTables } from './hash-tables.js';
import { chooseUnattempted } from './reselection.js';
import { areSameEndpoints } from './same-endpoints.js';
import { EndpointAges } from './endpoint-ages.js';
import { differInWeight, WeightedSchedule } from './weighted-schedule.js';

/** An endpoint in use, to be released when its attempt ends. */
export interface Lease {
  endpoint: Endpoint;
  release(): void;
}

interface Scheduled {
  endpoints: readonly Endpoint[];
  schedule: WeightedSchedule | undefined;
}

/** Picks endpoints as one Envoy does: the load that it compares is that of its own requests only. */
export class LoadBalancer {
  readonly #random: Random;
  /** Requests under way by cluster and endpoint, without zeros. They survive the replacement of the table. */
  readonly #active = new Map<string, number>();
  /** The next turn of the round robin, by cluster. */
  readonly #turns = new Map<string, number>();
  /** The schedules of clusters whose endpoints differ in weight, or did when they were last changed. */
  readonly #schedules = new Map<string, Scheduled>();
  readonly #ages: EndpointAges;
  readonly #hashTables: HashTables;

  constructor(random: Random, clock: Clock) {
    this.#random = random;
    this.#ages = new EndpointAges(clock);
    this.#hashTables = new HashTables(random);
  }

  /**
   * Picks an endpoint whose key is not in `attempted`, or any other when all are; undefined when the cluster is empty.
   * Only a cluster that hashes reads the value of `hash`.
   */
  acquire(
    cluster: Cluster,
    attempted: ReadonlySet<string>,
    hash?: { readonly value: bigint | undefined },
  ): Lease | undefined {
    const endpoint = this.#pick(cluster, attempted, hash);
    if (!endpoint) return undefined;
    const key = activeKey(cluster, endpoint);
    this.#count(key, 1);
    return { endpoint, release: () => this.#count(key, -1) };
  }

  /** Notes the endpoints that are new in a table, and removes what belongs to clusters that are gone. */
  update(table: RouteTable): void {
    this.#ages.update(table);
    for (const name of this.#turns.keys()) if (!table.clusters.has(name)) this.#turns.delete(name);
    for (const name of this.#schedules.keys()) if (!table.clusters.has(name)) this.#schedules.delete(name);
    this.#hashTables.retain(table);
  }

  #pick(
    cluster: Cluster,
    attempted: ReadonlySet<string>,
    hash: { readonly value: bigint | undefined } | undefined,
  ): Endpoint | undefined {
    switch (cluster.lbPolicy.kind) {
      case 'RING_HASH':
      case 'MAGLEV':
        return this.#hashTables.pick(
          cluster.name,
          cluster.lbPolicy,
          cluster.endpoints,
          hash?.value,
          attempted,
        );
      case 'RANDOM':
        return this.#any(unattempted(cluster.endpoints, attempted));
      case 'ROUND_ROBIN': {
        const scheduled = this.#nextScheduled(cluster, attempted);
        if (scheduled) return scheduled;
        const endpoints = unattempted(cluster.endpoints, attempted);
        return endpoints.length < 2 ? endpoints[0] : endpoints[this.#nextTurn(cluster) % endpoints.length];
      }
      case 'LEAST_REQUEST':
        return (
          this.#nextScheduled(cluster, attempted) ??
          this.#leastLoaded(cluster, unattempted(cluster.endpoints, attempted))
        );
      case 'CLUSTER_PROVIDED':
        return cluster.endpoints[0];
    }
  }

  /** Takes the less loaded of two endpoints, drawn with replacement (Envoy: least_request_lb.cc). */
  #leastLoaded(cluster: Cluster, endpoints: readonly Endpoint[]): Endpoint | undefined {
    if (endpoints.length < 2) return endpoints[0];
    const [one, other] = [this.#any(endpoints), this.#any(endpoints)];
    return one && other && this.#load(cluster, other) < this.#load(cluster, one) ? other : one;
  }

  /** Returns undefined for a cluster without a schedule. As in Envoy, only a change of its endpoints makes it one, or none. */
  #nextScheduled(cluster: Cluster, attempted: ReadonlySet<string>): Endpoint | undefined {
    const { name, endpoints } = cluster;
    const weightOf = (endpoint: Endpoint): number => this.#weightOf(cluster, endpoint);
    let scheduled = this.#schedules.get(name);
    if (!scheduled || !areSameEndpoints(scheduled.endpoints, endpoints)) {
      const isNeeded = differInWeight(endpoints) || this.#ages.hasNew(cluster);
      scheduled = { endpoints, schedule: isNeeded ? new WeightedSchedule(endpoints, weightOf) : undefined };
      this.#schedules.set(name, scheduled);
    }
    const { schedule } = scheduled;
    return schedule && chooseUnattempted(attempted, () => schedule.next(weightOf));
  }

  /** Envoy: round_robin_lb.h and least_request_lb.cc, hostWeight. */
  #weightOf(cluster: Cluster, endpoint: Endpoint): number {
    const { weight = 1 } = endpoint;
    const load = cluster.lbPolicy.kind === 'LEAST_REQUEST' ? this.#load(cluster, endpoint) : 0;
    return (weight / (load + 1)) * this.#ages.factorOf(cluster, endpoint);
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

/** Returns the endpoints that were not attempted, or all of them when there is none. */
function unattempted(endpoints: readonly Endpoint[], attempted: ReadonlySet<string>): readonly Endpoint[] {
  if (attempted.size === 0) return endpoints;
  const left = endpoints.filter((endpoint) => !attempted.has(endpointKey(endpoint)));
  return left.length > 0 ? left : endpoints;
}

function activeKey(cluster: Cluster, endpoint: Endpoint): string {
  return `${cluster.name} ${endpointKey(endpoint)}`;
}
