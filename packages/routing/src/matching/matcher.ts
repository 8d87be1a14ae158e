import type { RouteRequest } from '../request/route-request.js';
import type { RouteConfiguration, RouteTable, VirtualHost } from '../route-table/route-table.js';
import { HostIndex } from './host-index.js';
import { Regexes } from './regexes.js';
import { RouteIndex } from './route-index.js';

/** Indexes live as long as what they are made from, which tables that follow each other and proxies share. */
const hostIndexes = new WeakMap<RouteConfiguration, HostIndex<VirtualHost>>();
const routeIndexes = new WeakMap<VirtualHost, RouteIndex>();
const serverIndexes = new WeakMap<readonly RouteConfiguration[], HostIndex<Server>>();

/** A server of HTTPS. */
interface Server {
  domains: readonly string[];
  configuration: RouteConfiguration;
}

/**
 * A route table prepared for matching: an index of hosts for each port, an index of routes for each virtual host, and the
 * compiled regular expressions. Each is made for the first request that needs it, so that a new table of a thousand hosts
 * costs nothing before they are requested.
 */
export class Matcher {
  readonly table: RouteTable;
  readonly regexes = new Regexes();

  constructor(table: RouteTable) {
    this.table = table;
  }

  /**
   * Returns the index of the hosts at a port, of HTTPS those of the server that the client named; undefined when the proxy has
   * no HTTP listener, or no such server, there.
   */
  hostsAt({
    port,
    serverName,
  }: Pick<RouteRequest, 'port' | 'serverName'>): HostIndex<VirtualHost> | undefined {
    const configuration = configurationFor(this.table.routeConfigurations.get(port) ?? [], serverName);
    if (!configuration) return undefined;
    let index = hostIndexes.get(configuration);
    if (!index) hostIndexes.set(configuration, (index = new HostIndex(configuration.virtualHosts)));
    return index;
  }

  /** Returns the index of the routes of one of the table's virtual hosts. */
  routesOf(virtualHost: VirtualHost): RouteIndex {
    let index = routeIndexes.get(virtualHost);
    if (!index) routeIndexes.set(virtualHost, (index = new RouteIndex(virtualHost.routes)));
    return index;
  }
}

function configurationFor(
  configurations: readonly RouteConfiguration[],
  serverName = '',
): RouteConfiguration | undefined {
  const [first] = configurations;
  if (!first?.serverNames) return first;
  let servers = serverIndexes.get(configurations);
  if (!servers) serverIndexes.set(configurations, (servers = new HostIndex(configurations.map(serverOf))));
  return servers.find(serverName)?.configuration;
}

function serverOf(configuration: RouteConfiguration): Server {
  return { domains: configuration.serverNames ?? [], configuration };
}
