import type { ProxyRole, RouteTable } from '@bookinfo/routing';
import type { SpanReporting } from '../telemetry/span-reporting.js';

/** What `bookinfo sidecar` reads: the listeners of a proxy and its table. */
export interface ProxyFile {
  role: ProxyRole;
  /** The port for requests that name their host. */
  port: number;
  /** The port of the table that a gateway serves. */
  listenerPort?: number;
  /** The port of the application in the same pod. */
  inboundPort?: number;
  /** Default: it reports no spans. */
  reporting?: SpanReporting;
  table: RouteTable;
}

/** The name of the file in the folder of a proxy, and of the socket on which the proxy tells which one it uses. */
export const PROXY_FILE = 'proxy.json';
export const ADMIN_SOCKET = 'admin.sock';

/** Returns the text of the file. */
export function proxyFileText({ table, ...rest }: ProxyFile): string {
  const { routeConfigurations, clusters, unmatchedHost, tracing } = table;
  const configurations = Array.from(routeConfigurations, ([port, all]) => [
    port,
    all.map(({ virtualHosts, ...configuration }) => ({
      ...configuration,
      // The routes of a virtual host may be a getter, which JSON would leave out.
      virtualHosts: virtualHosts.map(({ name, domains, routes }) => ({ name, domains, routes })),
    })),
  ]);
  return JSON.stringify({
    ...rest,
    table: { routeConfigurations: configurations, clusters: [...clusters], unmatchedHost, tracing },
  });
}

/** Reads what `proxyFileText` has written. */
export function parseProxyFile(text: string): ProxyFile {
  const { table, ...rest } = JSON.parse(text) as Omit<ProxyFile, 'table'> & { table: TableEntries };
  return {
    ...rest,
    table: {
      routeConfigurations: new Map(table.routeConfigurations),
      clusters: new Map(table.clusters),
      unmatchedHost: table.unmatchedHost,
      ...(table.tracing && { tracing: table.tracing }),
    },
  };
}

type EntriesOf<M> = M extends ReadonlyMap<infer Key, infer Value> ? [Key, Value][] : never;
interface TableEntries {
  routeConfigurations: EntriesOf<RouteTable['routeConfigurations']>;
  clusters: EntriesOf<RouteTable['clusters']>;
  unmatchedHost: RouteTable['unmatchedHost'];
  tracing?: RouteTable['tracing'];
}
