import {
  hasLabels,
  isOfKind,
  originOf,
  resourceKey,
  type Gateway,
  type Resource,
  type VirtualService,
} from '@bookinfo/rules';
import { gatewayHttpRoutes } from '../gateway-api/gateway-routes.js';
import { leaveOutAtGateway, leaveOutBehindOthers, isBoundTo } from './left-out-at-gateway.js';
import type { Listener, ProxyView } from './listener.js';
import { hostOf, sharedHosts } from './shared-hosts.js';
import { isCatchAll } from '../virtual-service/match.js';
import { GATEWAY_PORT, type Route, type RouteConfiguration } from '@bookinfo/routing';
import { routesOf } from '../virtual-service/routes.js';

/**
 * Returns the virtual hosts of an ingress gateway: hosts that one of its Gateways shares with a VirtualService bound to it.
 * Unlike on sidecars, the rules of all VirtualServices for one host are merged, the oldest first, and routes that match
 * everything come last (istio/istio pilot/pkg/networking/core/route/route.go, SortVHostRoutes).
 *
 * HTTPRoutes come before them. In a cluster each Gateway of the Gateway API has its own proxy; here one listener
 * represents all of them.
 */
export function gatewayRouteConfigurations(
  resources: readonly Resource[],
  view: ProxyView,
): Map<number, RouteConfiguration> {
  const all = resources.filter((resource) => isOfKind(resource, 'Gateway'));
  const gateways = all.filter(({ spec }) => hasLabels(view.client.labels, spec.selector));
  const rules = resources.filter((resource) => resource.kind === 'VirtualService');
  const { leaveOut } = view;
  if (leaveOut) leaveOutAtGateway(rules, all, new Set(gateways), leaveOut);

  const routesByHost = gatewayHttpRoutes(resources, view);
  const redirects = new Map<string, Route>();
  for (const resource of gateways) {
    const { metadata, spec } = resource;
    const gateway = `${metadata.namespace}/${metadata.name}`;
    const bound = rules.filter((rule) => isBoundTo(rule, resource));
    const compiled = new Map<VirtualService, readonly Route[]>();
    for (const [index, server] of spec.servers.entries()) {
      const redirect = server.tls?.httpsRedirect ? httpsRedirect(resource, index) : undefined;
      if (redirect) for (const host of server.hosts) redirects.set(hostOf(host), redirect);
      const listener: Listener = { ...view, gateway, port: server.port.number };
      for (const rule of bound) {
        const hosts = sharedHosts(rule, server, metadata.namespace);
        if (hosts.size === 0) continue;
        // Servers of one listener share the routes, which have the port of the first (gateway.go, buildGatewayHTTPRouteConfig).
        const routes = compiled.get(rule) ?? routesOf(rule, listener);
        compiled.set(rule, routes);
        if (routes.length === 0) continue;
        for (const host of hosts) {
          routesByHost.set(host, [...(routesByHost.get(host) ?? []), ...routes]);
          if (redirect) redirects.set(host, redirect);
        }
      }
    }
  }
  if (leaveOut) leaveOutBehindOthers(routesByHost, redirects, leaveOut);
  const allHosts = new Set([...routesByHost.keys(), ...redirects.keys()]);
  const virtualHosts = Array.from(allHosts, (host) => {
    const redirect = redirects.get(host);
    const routes = redirect ? [redirect] : catchAllsLast(routesByHost.get(host) ?? []);
    return { name: `${host}:${GATEWAY_PORT}`, domains: [host], routes };
  });
  return new Map([[GATEWAY_PORT, { name: `http.${GATEWAY_PORT}`, virtualHosts }]]);
}

/** Redirects to the same URL with https, the Host's port included, before any route (Envoy: require_tls). */
function httpsRedirect(gateway: Gateway, index: number): Route {
  return {
    name: 'httpsRedirect',
    match: { headers: [], queryParameters: [] },
    action: { kind: 'redirect', status: 301, scheme: 'https' },
    rule: { resource: resourceKey(gateway), origin: originOf(gateway, ['spec', 'servers', index, 'tls']) },
  };
}

function catchAllsLast(routes: readonly Route[]): Route[] {
  return [
    ...routes.filter(({ match }) => !isCatchAll(match)),
    ...routes.filter(({ match }) => isCatchAll(match)),
  ];
}
