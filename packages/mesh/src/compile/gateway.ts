import { hostCovers, resolveHost } from '../registry/host.js';
import { hasLabels } from '../registry/labels.js';
import { isOfKind, type Gateway, type Resource, type VirtualService } from '../resources/resource.js';
import { gatewayHttpRoutes } from './gateway-api/gateway-routes.js';
import { gatewayName } from './gateway-name.js';
import type { Listener, ProxyView } from './listener.js';
import { isCatchAll } from './match.js';
import type { Route, RouteConfiguration } from './route-table.js';
import { routesOf } from './routes.js';

/** The one port that the ingress gateway listens to. */
const HTTP_PORT = 80;

/**
 * The hosts that an ingress gateway lets in: those that one of its Gateways and a VirtualService bound to it share.
 * Unlike on sidecars, the rules of all VirtualServices for one host are put together, the oldest first, and routes
 * that match everything go to the end (istio/istio pilot/pkg/networking/core/route/route.go, SortVHostRoutes).
 *
 * HTTPRoutes come before them. A cluster gives each Gateway of the Gateway API a proxy of its own, here one listener
 * stands for all of them.
 */
export function gatewayRouteConfigurations(
  resources: readonly Resource[],
  view: ProxyView,
): Map<number, RouteConfiguration> {
  const gateways = resources
    .filter((resource) => isOfKind(resource, 'Gateway'))
    .filter(({ spec }) => hasLabels(view.client.labels, spec.selector));
  const rules = resources.filter((resource) => resource.kind === 'VirtualService');

  const routesByHost = gatewayHttpRoutes(resources, view);
  for (const { metadata, spec } of gateways) {
    const gateway = `${metadata.namespace}/${metadata.name}`;
    const bound = rules.filter((rule) => isBoundTo(rule, gateway));
    for (const server of spec.servers) {
      const listener: Listener = { ...view, gateway, port: server.port.number };
      for (const rule of bound) {
        const routes = routesOf(rule, listener);
        if (routes.length === 0) continue;
        for (const host of sharedHosts(rule, server, metadata.namespace))
          routesByHost.set(host, [...(routesByHost.get(host) ?? []), ...routes]);
      }
    }
  }
  const virtualHosts = Array.from(routesByHost, ([host, routes]) => ({
    name: `${host}:${HTTP_PORT}`,
    domains: [host],
    routes: catchAllsLast(routes),
  }));
  return new Map([[HTTP_PORT, { name: `http.${HTTP_PORT}`, virtualHosts }]]);
}

function isBoundTo({ metadata, spec }: VirtualService, gateway: string): boolean {
  return spec.gateways.some((reference) => gatewayName(reference, metadata.namespace) === gateway);
}

type Server = Gateway['spec']['servers'][number];

/** The hosts that the rule and the server share, the narrower of both where one is a wildcard. */
function sharedHosts({ metadata, spec }: VirtualService, server: Server, namespace: string): Set<string> {
  const shared = new Set<string>();
  const wanted = spec.hosts.map((host) => resolveHost(host, metadata.namespace));
  for (const offer of offersTo(metadata.namespace, server, namespace)) {
    for (const host of wanted) {
      if (hostCovers(offer, host)) shared.add(host);
      else if (hostCovers(host, offer)) shared.add(offer);
    }
  }
  return shared;
}

/** The hosts that a Gateway's server offers to the VirtualServices of a namespace: `host`, `namespace/host` and `./host`. */
function offersTo(client: string, { hosts }: Server, namespace: string): string[] {
  return hosts.flatMap((host) => {
    const [offer = '', from = '*'] = host.toLowerCase().split('/').toReversed();
    const meant = from === '.' ? namespace : from;
    return meant === '*' || meant === client ? [offer] : [];
  });
}

function catchAllsLast(routes: readonly Route[]): Route[] {
  return [
    ...routes.filter(({ match }) => !isCatchAll(match)),
    ...routes.filter(({ match }) => isCatchAll(match)),
  ];
}
