import { DEFAULT_PORTS, type Route, type VirtualHost } from '@bookinfo/routing';
import { UnsupportedByEnvoy } from './unsupported-by-envoy.js';
import type { EnvoyMessage } from './protobuf-json.js';
import { routeMessage } from './route.js';

/**
 * envoy.config.route.v3.VirtualHost of a sidecar: the domains contain the port, since one listener serves all ports. Istio's
 * listener for HTTP_PROXY clients does the same (pilot/pkg/networking/core/httproute.go, RDSHttpProxy).
 *
 * @throws {UnsupportedByEnvoy} when a domain ends in a wildcard, or Envoy cannot express a route.
 */
export function sidecarVirtualHost(virtualHost: VirtualHost, port: number): EnvoyMessage {
  const domains = virtualHost.domains.flatMap((domain) => domainsWithPort(domain, port));
  return virtualHostMessage(virtualHost.name, domains, virtualHost.routes, port);
}

/**
 * envoy.config.route.v3.VirtualHost of a gateway, which ignores the port in the Host header.
 *
 * @throws {UnsupportedByEnvoy} when Envoy cannot express a route.
 */
export function gatewayVirtualHost({ name, domains, routes }: VirtualHost, port: number): EnvoyMessage {
  return virtualHostMessage(name, domains, routes, port);
}

function virtualHostMessage(
  name: string,
  domains: string[],
  routes: readonly Route[],
  port: number,
): EnvoyMessage {
  return {
    name,
    domains,
    routes: routes.map((route) => routeMessage(route, port)),
    include_request_attempt_count: true,
  };
}

/** Returns the domain with its port; for port 80, which clients may leave out, without it too. */
function domainsWithPort(domain: string, port: number): string[] {
  if (domain.endsWith('*'))
    throw new UnsupportedByEnvoy(
      `the domain "${domain}" of port ${port}: no port can follow a wildcard of Envoy`,
    );
  return port === DEFAULT_PORTS.http ? [domain, `${domain}:${port}`] : [`${domain}:${port}`];
}
