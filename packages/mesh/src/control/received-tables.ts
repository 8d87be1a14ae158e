import type { Cluster, RouteConfiguration, RouteTable } from '@bookinfo/routing';
import { type Pod, selectEndpoints } from '@bookinfo/rules';
import type { SentTable, TablesUpdate } from '../controller/messages.js';
import { ReceivedVirtualHost } from './received-virtual-host.js';

type Clusters = ReadonlyMap<string, Cluster>;

/**
 * The tables of all proxies, put together from the differences that `TableSender` writes. Parts that stay are the same objects,
 * so what a proxy has derived from them stays valid. Endpoints do not come with the tables but from the pods of this thread:
 * a pod that has ended leaves all tables at once, however busy the controller is.
 */
export class ReceivedTables {
  readonly #virtualHosts = new Map<number, ReceivedVirtualHost>();
  readonly #configurations = new Map<number, { parts: Uint32Array; configuration: RouteConfiguration }>();
  readonly #clusters = new Map<number, Clusters>();
  readonly #sent = new Map<number, SentTable>();
  #proxies: ReadonlyMap<number, number> = new Map();
  #pods: readonly Pod[] = [];
  /** Clusters with their endpoints, and the tables with these. */
  readonly #withEndpoints = new Map<number, Clusters>();
  readonly #tables = new Map<number, RouteTable>();

  update({ proxies, tables, configurations, virtualHosts: hosts, clusters }: TablesUpdate): void {
    for (const one of hosts) this.#virtualHosts.set(one.id, new ReceivedVirtualHost(one));
    for (const { id, virtualHosts: parts, ...configuration } of configurations) {
      const virtualHosts = Array.from(parts, (part) => partOf(this.#virtualHosts, part));
      this.#configurations.set(id, { parts, configuration: { ...configuration, virtualHosts } });
    }
    for (const { id, clusters: list } of clusters)
      this.#clusters.set(id, new Map(list.map((cluster) => [cluster.name, cluster])));
    for (const table of tables) this.#sent.set(table.id, table);
    this.#proxies = proxies;
    this.#forgetUnused();
  }

  /** Replaces the pods that endpoints are taken from. */
  setPods(pods: readonly Pod[]): void {
    this.#pods = pods;
    this.#withEndpoints.clear();
    this.#tables.clear();
  }

  /** Returns the table of a proxy: the same object as long as nothing in it changes. */
  tableOf(proxy: number): RouteTable {
    const id = partOf(this.#proxies, proxy);
    let table = this.#tables.get(id);
    if (!table) {
      const { configurations, clusters, unmatchedHost, tracing } = partOf(this.#sent, id);
      const routeConfigurations = new Map(
        Array.from(configurations, ([port, parts]) => [
          port,
          parts.map((part) => partOf(this.#configurations, part).configuration),
        ]),
      );
      table = {
        routeConfigurations,
        clusters: this.#clustersOf(clusters),
        unmatchedHost,
        ...(tracing && { tracing }),
      };
      this.#tables.set(id, table);
    }
    return table;
  }

  #clustersOf(id: number): Clusters {
    let clusters = this.#withEndpoints.get(id);
    if (!clusters) {
      clusters = new Map(
        Array.from(partOf(this.#clusters, id), ([name, cluster]) => [name, assigned(cluster, this.#pods)]),
      );
      this.#withEndpoints.set(id, clusters);
    }
    return clusters;
  }

  /** As `SentParts` does after each update. */
  #forgetUnused(): void {
    retain([this.#sent, this.#tables], this.#proxies.values());
    const sent = [...this.#sent.values()];
    retain(
      [this.#clusters, this.#withEndpoints],
      sent.map(({ clusters }) => clusters),
    );
    retain(
      [this.#configurations],
      sent.flatMap(({ configurations }) => [...configurations.values()].flat()),
    );
    const hosts = new Set<number>();
    for (const { parts } of this.#configurations.values()) for (const part of parts) hosts.add(part);
    retain([this.#virtualHosts], hosts);
  }
}

function assigned(cluster: Cluster, pods: readonly Pod[]): Cluster {
  return cluster.podSelector
    ? { ...cluster, endpoints: selectEndpoints(cluster.podSelector, pods) }
    : cluster;
}

function partOf<Part>(parts: ReadonlyMap<number, Part>, id: number): Part {
  const part = parts.get(id);
  if (part === undefined) throw new Error(`part ${id} of a route table was not received`);
  return part;
}

function retain(maps: readonly Map<number, unknown>[], ids: Iterable<number>): void {
  const used = new Set(ids);
  for (const map of maps) for (const id of map.keys()) if (!used.has(id)) map.delete(id);
}
