import type { Cluster, RouteConfiguration, RouteTable, VirtualHost } from '@bookinfo/routing';
import type {
  SentClusters,
  SentConfiguration,
  SentTable,
  SentVirtualHost,
  TablesUpdate,
} from './messages.js';
import { SentParts } from './sent-parts.js';

/** Writes tables as differences to those that were sent before; `ReceivedTables` is its counterpart. */
export class TableSender {
  readonly #tables = new SentParts<RouteTable>();
  readonly #configurations = new SentParts<RouteConfiguration>();
  readonly #virtualHosts = new SentParts<VirtualHost>();
  readonly #clusters = new SentParts<ReadonlyMap<string, Cluster>>();

  /** Returns the update to the tables of all proxies. */
  update(tables: ReadonlyMap<number, RouteTable>): TablesUpdate {
    const update = {
      tables: [] as SentTable[],
      configurations: [] as SentConfiguration[],
      virtualHosts: [] as SentVirtualHost[],
      clusters: [] as SentClusters[],
    };
    const virtualHostId = (virtualHost: VirtualHost): number =>
      this.#virtualHosts.use(virtualHost, (id) => {
        const { name, domains, routes } = virtualHost;
        update.virtualHosts.push({ id, name, domains, routes: JSON.stringify(routes) });
      });
    const configurationId = (configuration: RouteConfiguration): number => {
      const virtualHosts = Uint32Array.from(configuration.virtualHosts, virtualHostId);
      return this.#configurations.use(configuration, (id) =>
        update.configurations.push({ ...configuration, id, virtualHosts }),
      );
    };
    const clustersId = (clusters: ReadonlyMap<string, Cluster>): number =>
      this.#clusters.use(clusters, (id) => update.clusters.push({ id, clusters: [...clusters.values()] }));
    const tableId = (table: RouteTable): number => {
      const configurations = new Map(
        Array.from(table.routeConfigurations, ([port, each]) => [port, each.map(configurationId)]),
      );
      const clusters = clustersId(table.clusters);
      const { unmatchedHost, tracing } = table;
      return this.#tables.use(table, (id) =>
        update.tables.push({ id, configurations, clusters, unmatchedHost, ...(tracing && { tracing }) }),
      );
    };
    const ids = new Map(Array.from(new Set(tables.values()), (table) => [table, tableId(table)]));
    const proxies = new Map(Array.from(tables, ([proxy, table]) => [proxy, ids.get(table) ?? 0]));
    for (const parts of [this.#tables, this.#configurations, this.#virtualHosts, this.#clusters])
      parts.endUpdate();
    return { proxies, ...update };
  }
}
