import type { Cluster, Route, RouteTable } from '@bookinfo/routing';
import type { Reporter } from '../reporter.js';
import { proxyOf, targetOf } from '../workload-id.js';

/** The probability of each target of a request; undefined where it depends on more than the route, as with a hash. */
export type Shares = ReadonlyMap<string, number> | undefined;

/** Computes the shares of routes, once for each route of a table. */
export class RouteShares {
  readonly #known = new WeakMap<RouteTable, Map<Route, Shares>>();

  /** Returns the shares that the route gives to workloads, as `predict` does: each endpoint of a cluster gets its weight's part. */
  of(route: Route, table: RouteTable, service: string, reporter: Reporter): Shares {
    let known = this.#known.get(table);
    if (!known) {
      known = new Map();
      this.#known.set(table, known);
    }
    if (!known.has(route)) known.set(route, sharesOf(route, table, service, reporter));
    return known.get(route);
  }
}

function sharesOf(
  { action, fault }: Route,
  { clusters }: RouteTable,
  service: string,
  reporter: Reporter,
): Shares {
  const proxy = proxyOf(service);
  const shares = new Map<string, number>();
  const add = (target: string, share: number): void => {
    if (share > 0) shares.set(target, (shares.get(target) ?? 0) + share);
  };
  const aborted = (fault?.abort?.percentage ?? 0) / 100;
  add(proxy, aborted);
  const rest = 1 - aborted;
  if (action.kind !== 'forward') {
    add(proxy, rest);
    return shares;
  }
  const total = action.weightedClusters.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of action.weightedClusters) {
    const inCluster = sharesOfCluster(clusters.get(name), proxy, reporter);
    if (!inCluster) return undefined;
    for (const [target, share] of inCluster) add(target, (rest * share * weight) / total);
  }
  return shares;
}

function sharesOfCluster(cluster: Cluster | undefined, proxy: string, reporter: Reporter): Shares {
  const endpoints = cluster?.endpoints ?? [];
  if (!cluster || endpoints.length === 0) return new Map([[proxy, 1]]);
  const total = endpoints.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const shares = new Map<string, number>();
  for (const endpoint of endpoints) {
    const target = targetOf({ cluster: cluster.name, endpoint }, reporter);
    shares.set(target, (shares.get(target) ?? 0) + (endpoint.weight ?? 1) / total);
  }
  const { kind } = cluster.lbPolicy;
  return shares.size > 1 && (kind === 'RING_HASH' || kind === 'MAGLEV') ? undefined : shares;
}
