import type { RouteTable, ProxyRole } from '@bookinfo/routing';
import type { EnvoyMessage } from './message.js';
import { unmatchedVirtualHosts } from './unmatched.js';
import { gatewayVirtualHost, sidecarVirtualHost } from './virtual-host.js';

/** As Istio calls the one of its listener for HTTP_PROXY clients. */
export const ROUTE_CONFIGURATION = 'http_proxy';

/** What Istio allows the body of a direct response (DefaultMaxDirectResponseBodySizeBytes); Envoy's own limit is 4 kB. */
const MAX_DIRECT_RESPONSE_BYTES = 1024 * 1024;

/** The port of Gateway resources that the gateway's one listener stands for. */
const GATEWAY_PORT = 80;

/**
 * All of a table's routes as one envoy.config.route.v3.RouteConfiguration, since one listener takes the requests for
 * all ports. Throws an Inexpressible.
 */
export function routeConfiguration(table: RouteTable, role: ProxyRole): EnvoyMessage {
  return {
    name: ROUTE_CONFIGURATION,
    max_direct_response_body_size_bytes: MAX_DIRECT_RESPONSE_BYTES,
    ...(role === 'gateway' ? gatewayHosts(table) : { virtual_hosts: sidecarHosts(table) }),
  };
}

function gatewayHosts({ routeConfigurations }: RouteTable): EnvoyMessage {
  const { virtualHosts = [] } = routeConfigurations.get(GATEWAY_PORT) ?? {};
  return {
    ignore_port_in_host_matching: true,
    virtual_hosts: virtualHosts.map((host) => gatewayVirtualHost(host, GATEWAY_PORT)),
  };
}

function sidecarHosts(table: RouteTable): EnvoyMessage[] {
  const hosts = Array.from(table.routeConfigurations, ([port, { virtualHosts }]) =>
    virtualHosts.map((host) => sidecarVirtualHost(host, port)),
  );
  return [...hosts.flat(), ...unmatchedVirtualHosts(table)];
}
