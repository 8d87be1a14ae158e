import { hostCovers, resolveHost } from '../registry/host.js';
import { hasLabels } from '../registry/labels.js';
import type { Gateway, VirtualService } from '../resources/resource.js';
import { isCatchAll } from './match.js';
import type { Client, Model } from './model.js';
import type { Route, RouteConfiguration } from './route-table.js';
import { routesOf } from './routes.js';

/** The one port that the ingress gateway listens to. */
const HTTP_PORT = 80;

/**
 * The hosts that an ingress gateway lets in: those that one of its Gateways and a VirtualService bound to it share.
 * Unlike on sidecars, the rules of all VirtualServices for one host are put together, the oldest first, and routes
 * that match everything go to the end (istio/istio pilot/pkg/networking/core/route/route.go, SortVHostRoutes).
 */
export function gatewayRouteConfigurations(
  { resources, registry, meshConfig: { istioVersion } }: Model,
  client: Client,
): Map<number, RouteConfiguration> {
  const gateways = resources
    .filter((resource) => resource.kind === 'Gateway')
    .filter((gateway) => hasLabels(client.labels, gateway.spec.selector));

  const routesByHost = new Map<string, Route[]>();
  for (const rule of resources.filter((resource) => resource.kind === 'VirtualService')) {
    const bound = gateways.filter((gateway) => isBoundTo(rule, gateway));
    for (const [host, port] of sharedHosts(rule, bound)) {
      const routes = routesOf(rule, { client, port, registry, istioVersion });
      routesByHost.set(host, [...(routesByHost.get(host) ?? []), ...routes]);
    }
  }
  const virtualHosts = Array.from(routesByHost, ([host, routes]) => ({
    name: `${host}:${HTTP_PORT}`,
    domains: [host],
    routes: catchAllsLast(routes),
  }));
  return new Map([[HTTP_PORT, { name: `http.${HTTP_PORT}`, virtualHosts }]]);
}

/** `name` and `./name` are Gateways of the VirtualService's own namespace. */
function isBoundTo({ metadata, spec }: VirtualService, gateway: Gateway): boolean {
  const { name, namespace } = gateway.metadata;
  return spec.gateways.some((reference) => {
    if (!reference.includes('/')) return reference === name && metadata.namespace === namespace;
    const [where, what] = reference.split('/');
    return what === name && (where === '.' ? metadata.namespace : where) === namespace;
  });
}

/** The hosts that the rule and the Gateways share, the narrower of both where one is a wildcard, each with its port. */
function sharedHosts({ metadata, spec }: VirtualService, gateways: readonly Gateway[]): Map<string, number> {
  const shared = new Map<string, number>();
  const wanted = spec.hosts.map((host) => resolveHost(host, metadata.namespace));
  for (const { offer, port } of gateways.flatMap((gateway) => offersTo(metadata.namespace, gateway))) {
    for (const host of wanted) {
      if (hostCovers(offer, host)) shared.set(host, port);
      else if (hostCovers(host, offer)) shared.set(offer, port);
    }
  }
  return shared;
}

/** The hosts that a Gateway offers to the VirtualServices of a namespace: `host`, `namespace/host` and `./host`. */
function offersTo(namespace: string, { metadata, spec }: Gateway): { offer: string; port: number }[] {
  return spec.servers.flatMap(({ hosts, port }) =>
    hosts.flatMap((host) => {
      const [offer = '', from = '*'] = host.toLowerCase().split('/').toReversed();
      const meant = from === '.' ? metadata.namespace : from;
      return meant === '*' || meant === namespace ? [{ offer, port: port.number }] : [];
    }),
  );
}

function catchAllsLast(routes: readonly Route[]): Route[] {
  return [
    ...routes.filter(({ match }) => !isCatchAll(match)),
    ...routes.filter(({ match }) => isCatchAll(match)),
  ];
}
