import type { Clock } from '@bookinfo/effects';
import { endpointKey, type Cluster, type Endpoint, type RouteTable, type SlowStart } from '@bookinfo/routing';

/**
 * The ages of endpoints in clusters with slow start (Envoy: load_balancer_impl.cc, applySlowStartFactor). An age begins
 * when the endpoint is added to its cluster; an ejection does not change it.
 */
export class EndpointAges {
  readonly #clock: Clock;
  /** The times of addition by cluster and endpoint. */
  #added: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes the endpoints that a new table adds and removes. */
  update({ clusters }: RouteTable): void {
    const now = this.#clock.now();
    const withSlowStart = [...clusters.values()].filter((cluster) => slowStartOf(cluster));
    this.#added = new Map(
      withSlowStart.map(({ name, endpoints }) => {
        const known = this.#added.get(name);
        const keys = endpoints.map(endpointKey);
        return [name, new Map(keys.map((key) => [key, known?.get(key) ?? now]))];
      }),
    );
  }

  /** Returns true while an endpoint of the cluster has less than its full weight. */
  hasNew(cluster: Cluster): boolean {
    return cluster.endpoints.some((endpoint) => this.factorOf(cluster, endpoint) < 1);
  }

  /** Returns what the weight of the endpoint is multiplied by, from above 0 to 1. */
  factorOf(cluster: Cluster, endpoint: Endpoint): number {
    const slowStart = slowStartOf(cluster);
    const addedAt = slowStart && this.#added.get(cluster.name)?.get(endpointKey(endpoint));
    if (!slowStart || addedAt === undefined) return 1;
    const { windowMs, aggression, minWeightPercent } = slowStart;
    const age = Math.max(1, Math.floor(this.#clock.now() - addedAt));
    if (age >= windowMs) return 1;
    return Math.max((age / windowMs) ** (1 / aggression), minWeightPercent / 100);
  }
}

function slowStartOf({ lbPolicy }: Cluster): SlowStart | undefined {
  return 'slowStart' in lbPolicy ? lbPolicy.slowStart : undefined;
}
