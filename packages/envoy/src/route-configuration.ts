import type { RouteTable } from '@bookinfo/routing';
import type { EnvoyMessage } from './protobuf-json.js';
import { unmatchedVirtualHosts } from './unmatched.js';
import { gatewayVirtualHost, sidecarVirtualHost } from './virtual-host.js';

/** The name that Istio uses for the routes of its listener for HTTP_PROXY clients. */
export const ROUTE_CONFIGURATION = 'http_proxy';

/** Istio's limit for the body of a direct response (DefaultMaxDirectResponseBodySizeBytes); Envoy's default is 4 kB. */
const MAX_DIRECT_RESPONSE_BYTES = 1024 * 1024;

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
  return {
    name,
    max_direct_response_body_size_bytes: MAX_DIRECT_RESPONSE_BYTES,
    ...(port === undefined ? { virtual_hosts: hostsOfAllPorts(table) } : hostsOfPort(table, port)),
  };
}

function hostsOfPort({ routeConfigurations }: RouteTable, port: number): EnvoyMessage {
  const { virtualHosts = [] } = routeConfigurations.get(port) ?? {};
  return {
    ignore_port_in_host_matching: true,
    virtual_hosts: virtualHosts.map((host) => gatewayVirtualHost(host, port)),
  };
}

function hostsOfAllPorts(table: RouteTable): EnvoyMessage[] {
  const hosts = Array.from(table.routeConfigurations, ([port, { virtualHosts }]) =>
    virtualHosts.map((host) => sidecarVirtualHost(host, port)),
  );
  return [...hosts.flat(), ...unmatchedVirtualHosts(table)];
}
