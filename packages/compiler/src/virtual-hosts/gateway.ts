import {
  isOfKind,
  originOf,
  resourceKey,
  type Gateway,
  type Resource,
  type VirtualService,
} from '@bookinfo/rules';
import { gatewayHttpRoutes } from '../gateway-api/gateway-routes.js';
import { gatewayProxies, selects, serverPort } from './gateway-proxies.js';
import { leaveOutAtGateway, leaveOutBehindOthers, isBoundTo } from './left-out-at-gateway.js';
import type { ProxyView } from './listener.js';
import { hostOf, sharedHosts } from './shared-hosts.js';
import { isCatchAll } from '../virtual-service/match.js';
import type { Route, RouteConfiguration } from '@bookinfo/routing';
import { routesOf } from '../virtual-service/routes.js';

/** The rules of one listener, by host. */
interface ListenerRules {
  routes: Map<string, Route[]>;
  /** Redirects to https, before any route. */
  redirects: Map<string, Route>;
}

/**
 * Returns the virtual hosts of a gateway by port: hosts that one of its Gateways shares with a VirtualService bound to it.
 * Unlike on sidecars, the rules of all VirtualServices for one host are merged, the oldest first, and routes that match
 * everything come last (istio/istio pilot/pkg/networking/core/route/route.go, SortVHostRoutes). HTTPRoutes come before them.
 */
export function gatewayRouteConfigurations(
  resources: readonly Resource[],
  view: ProxyView,
): Map<number, RouteConfiguration> {
  const all = resources.filter((resource) => isOfKind(resource, 'Gateway'));
  const gateways = all.filter((gateway) => selects(gateway, view.client));
  const rules = resources.filter((resource) => resource.kind === 'VirtualService');
  const { leaveOut } = view;
  if (leaveOut) {
    const proxies = gatewayProxies(resources);
    leaveOutAtGateway(rules, all, { selected: new Set(gateways), proxies }, leaveOut);
  }

  const listeners = new Map<number, ListenerRules>();
  for (const [port, routes] of gatewayHttpRoutes(resources, view))
    listeners.set(port, { routes, redirects: new Map() });
  for (const gateway of gateways) {
    const bound = rules.filter((rule) => isBoundTo(rule, gateway));
    for (const index of gateway.spec.servers.keys()) addServer(gateway, index, bound, listeners, view);
  }
  return new Map(
    Array.from(listeners, ([port, { routes, redirects }]) => {
      if (leaveOut) leaveOutBehindOthers(routes, redirects, leaveOut);
      const hosts = new Set([...routes.keys(), ...redirects.keys()]);
      const virtualHosts = Array.from(hosts, (host) => {
        const redirect = redirects.get(host);
        return {
          name: `${host}:${port}`,
          domains: [host],
          routes: redirect ? [redirect] : catchAllsLast(routes.get(host) ?? []),
        };
      });
      return [port, { name: `http.${port}`, virtualHosts }];
    }),
  );
}

/** Adds what a server of a Gateway and the VirtualServices bound to it make of its port. */
function addServer(
  gateway: Gateway,
  index: number,
  bound: readonly VirtualService[],
  listeners: Map<number, ListenerRules>,
  view: ProxyView,
): void {
  const server = gateway.spec.servers[index];
  if (!server) return;
  const { namespace, name } = gateway.metadata;
  const port = serverPort(server.port.number);
  const { routes, redirects } = listeners.get(port) ?? { routes: new Map(), redirects: new Map() };
  listeners.set(port, { routes, redirects });
  const redirect = server.tls?.httpsRedirect ? httpsRedirect(gateway, index) : undefined;
  if (redirect) for (const host of server.hosts) redirects.set(hostOf(host).toLowerCase(), redirect);
  for (const rule of bound) {
    const hosts = sharedHosts(rule, server, namespace);
    if (hosts.size === 0) continue;
    // Istio compiles a VirtualService once for all servers of a Gateway at one listener, so `match.port` compares the port of
    // the first (istio/istio gateway.go, buildGatewayHTTPRouteConfig, gatewayRoutes).
    const [first = server] = gateway.spec.servers.filter(
      (each) => serverPort(each.port.number) === port && sharedHosts(rule, each, namespace).size > 0,
    );
    const ownRoutes = routesOf(rule, { ...view, gateway: `${namespace}/${name}`, port: first.port.number });
    if (ownRoutes.length === 0) continue;
    for (const host of hosts) {
      routes.set(host, [...(routes.get(host) ?? []), ...ownRoutes]);
      if (redirect) redirects.set(host, redirect);
    }
  }
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
