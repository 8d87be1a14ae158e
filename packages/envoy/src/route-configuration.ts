import type { RouteConfiguration, RouteTable, TlsServer } from '@bookinfo/routing';
import type { ListenerOptions } from './listener-options.js';
import type { EnvoyMessage } from './protobuf-json.js';
import { unmatchedVirtualHosts } from './unmatched.js';
import { gatewayVirtualHost, sidecarVirtualHost } from './virtual-host.js';

/** The name that Istio uses for the routes of its listener for HTTP_PROXY clients. */
export const ROUTE_CONFIGURATION = 'http_proxy';

/** Istio's limit for the body of a direct response (DefaultMaxDirectResponseBodySizeBytes); Envoy's default is 4 kB. */
const MAX_DIRECT_RESPONSE_BYTES = 1024 * 1024;

type RouteOptions = Pick<ListenerOptions, 'role' | 'listenerPort' | 'tls'>;

/** A server of HTTPS with its routes; without a certificate no request gets to them. */
export interface SecureServer extends TlsServer {
  routes: RouteConfiguration;
}

/** A route configuration with its name. */
interface NamedRoutes {
  name: string;
  routes: EnvoyMessage;
}

/** Returns the servers of a listener of HTTPS, undefined for one of HTTP. */
export function secureServers(
  table: RouteTable,
  { listenerPort, tls }: RouteOptions,
): SecureServer[] | undefined {
  const all = table.routeConfigurations.get(listenerPort) ?? [];
  return tls?.flatMap((server) => {
    const [first] = server.serverNames;
    const routes = all.find(({ serverNames }) => first !== undefined && serverNames?.includes(first));
    return routes ? [{ ...server, routes }] : [];
  });
}

/**
 * envoy.config.route.v3.RouteConfiguration: for each server of HTTPS its own, else one.
 *
 * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
 */
export function routeConfigurations(table: RouteTable, options: RouteOptions): NamedRoutes[] {
  const { role, listenerPort } = options;
  const servers = secureServers(table, options);
  if (!servers) {
    const routes = routeConfiguration(table, role === 'gateway' ? listenerPort : undefined);
    return [{ name: ROUTE_CONFIGURATION, routes }];
  }
  return servers
    .filter(({ certificate }) => certificate)
    .map(({ routes }) => ({
      name: routes.name,
      routes: message(routes.name, hostsOfPort(routes, listenerPort)),
    }));
}

/**
 * envoy.config.route.v3.RouteConfiguration.
 *
 * @param port the only port of the table that it has routes for; undefined for those of all ports, since one listener serves all
 * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
 */
export function routeConfiguration(
  table: RouteTable,
  port: number | undefined,
  name = ROUTE_CONFIGURATION,
): EnvoyMessage {
  if (port === undefined) return message(name, { virtual_hosts: hostsOfAllPorts(table) });
  const [routes] = table.routeConfigurations.get(port) ?? [];
  return message(name, hostsOfPort(routes, port));
}

function message(name: string, hosts: EnvoyMessage): EnvoyMessage {
  return { name, max_direct_response_body_size_bytes: MAX_DIRECT_RESPONSE_BYTES, ...hosts };
}

function hostsOfPort(routes: RouteConfiguration | undefined, port: number): EnvoyMessage {
  const virtualHosts = routes?.virtualHosts ?? [];
  return {
    ignore_port_in_host_matching: true,
    virtual_hosts: virtualHosts.map((host) => gatewayVirtualHost(host, port)),
  };
}

function hostsOfAllPorts(table: RouteTable): EnvoyMessage[] {
  const hosts = Array.from(table.routeConfigurations, ([port, configurations]) =>
    configurations.flatMap(({ virtualHosts }) => virtualHosts.map((host) => sidecarVirtualHost(host, port))),
  );
  return [...hosts.flat(), ...unmatchedVirtualHosts(table)];
}
