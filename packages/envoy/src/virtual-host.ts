import type { Route, VirtualHost } from '@bookinfo/routing';
import { Inexpressible } from './inexpressible.js';
import type { EnvoyMessage } from './message.js';
import { routeMessage } from './route.js';

const HTTP_PORT = 80;

/**
 * A host of one port among the hosts of all ports: Envoy finds it by the whole Host header, port included. Istio's own
 * listener for HTTP_PROXY clients is made like this (pilot/pkg/networking/core/httproute.go, RDSHttpProxy).
 */
export function sidecarVirtualHost(virtualHost: VirtualHost, port: number): EnvoyMessage {
  const domains = virtualHost.domains.flatMap((domain) => domainsWithPort(domain, port));
  return virtualHostMessage(virtualHost.name, domains, virtualHost.routes, port);
}

/** A host of a gateway, whatever port the client named. */
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

/** A client that calls HTTP's own port may leave it out. */
function domainsWithPort(domain: string, port: number): string[] {
  if (domain.endsWith('*'))
    throw new Inexpressible(`the domain "${domain}" of port ${port}: Envoy's wildcards can't end in a port`);
  return port === HTTP_PORT ? [domain, `${domain}:${port}`] : [`${domain}:${port}`];
}
