import {
  isOfKind,
  originOf,
  resourceKey,
  type Gateway,
  type Resource,
  type VirtualService,
} from '@bookinfo/rules';
import { gatewayHttpRoutes } from '../gateway-api/gateway-routes.js';
import { gatewayProxies } from './gateway-proxies.js';
import { gatewayServers, type GatewayServer, type IstioServer } from './gateway-servers.js';
import { selects } from './gateway-selection.js';
import {
  leaveOutAtGateway,
  leaveOutBehindOthers,
  leaveOutSkipped,
  isBoundTo,
} from './left-out-at-gateway.js';
import type { LeaveOut } from '../left-out.js';
import type { ProxyView } from './listener.js';
import { hostOf, sharedHosts, type Server } from './shared-hosts.js';
import { isCatchAll } from '../virtual-service/match.js';
import type { Route, RouteConfiguration, VirtualHost } from '@bookinfo/routing';
import { routesOf } from '../virtual-service/routes.js';

/** The rules of one route configuration, by host. */
interface RulesByHost {
  routes: Map<string, Route[]>;
  /** Redirects to https, before any route. */
  redirects: Map<string, Route>;
}

/**
 * Returns the route configurations of a gateway by port, of HTTPS one for each server. Virtual hosts are hosts that one of its Gateways shares with a VirtualService bound to it.
 * Unlike on sidecars, the rules of all VirtualServices for one host are merged, the oldest first, and routes that match
 * everything come last (istio/istio pilot/pkg/networking/core/route/route.go, SortVHostRoutes). HTTPRoutes come before them.
 */
export function gatewayRouteConfigurations(
  resources: readonly Resource[],
  view: ProxyView,
): Map<number, RouteConfiguration[]> {
  const all = resources.filter((resource) => isOfKind(resource, 'Gateway'));
  const gateways = all.filter((gateway) => selects(gateway, view.client));
  const rules = resources.filter((resource) => resource.kind === 'VirtualService');
  const { leaveOut } = view;
  if (leaveOut) {
    const proxies = gatewayProxies(resources);
    leaveOutAtGateway(rules, all, { selected: new Set(gateways), proxies }, leaveOut);
  }

  const { servers, skipped } = gatewayServers(resources, view.client);
  if (leaveOut) leaveOutSkipped(skipped, rules, leaveOut);
  const boundTo = new Map(
    gateways.map((gateway) => [gateway, rules.filter((rule) => isBoundTo(rule, gateway))]),
  );
  const httpRoutes = gatewayHttpRoutes(resources, servers, view);
  const byPort = new Map<number, RouteConfiguration[]>();
  for (const [name, group] of Map.groupBy(servers, ({ routeName }) => routeName)) {
    const [first] = group;
    if (!first) continue;
    const { port, serverNames } = first;
    const byHost: RulesByHost = { routes: httpRoutes.get(name) ?? new Map(), redirects: new Map() };
    for (const server of group)
      if (server.kind === 'Istio') addServer(server, group, boundTo.get(server.gateway) ?? [], byHost, view);
    const virtualHosts = virtualHostsOf(byHost, port, leaveOut);
    const configuration = { name, ...(serverNames && { serverNames }), virtualHosts };
    byPort.set(port, [...(byPort.get(port) ?? []), configuration]);
  }
  return byPort;
}

function virtualHostsOf(
  { routes, redirects }: RulesByHost,
  port: number,
  leaveOut: LeaveOut | undefined,
): VirtualHost[] {
  if (leaveOut) leaveOutBehindOthers(routes, redirects, leaveOut);
  const hosts = new Set([...routes.keys(), ...redirects.keys()]);
  return Array.from(hosts, (host) => {
    const redirect = redirects.get(host);
    return {
      name: `${host}:${port}`,
      domains: [host],
      routes: redirect ? [redirect] : catchAllsLast(routes.get(host) ?? []),
    };
  });
}

/** Adds what a server of a Gateway, one of a group with one route configuration, and the VirtualServices bound to it make. */
function addServer(
  { gateway, server, serverNames }: IstioServer,
  group: readonly GatewayServer[],
  bound: readonly VirtualService[],
  { routes, redirects }: RulesByHost,
  view: ProxyView,
): void {
  const { namespace, name } = gateway.metadata;
  // A request of HTTPS meets Envoy's require_tls already.
  const redirect = server.tls?.httpsRedirect && !serverNames ? httpsRedirect(gateway, server) : undefined;
  if (redirect) for (const host of server.hosts) redirects.set(hostOf(host).toLowerCase(), redirect);
  for (const rule of bound) {
    const hosts = sharedHosts(rule, server, namespace);
    if (hosts.size === 0) continue;
    // Istio compiles a VirtualService once for all servers of a Gateway at one listener, so `match.port` compares the port of
    // the first (istio/istio gateway.go, buildGatewayHTTPRouteConfig, gatewayRoutes).
    const [first = server] = group.flatMap((each) =>
      each.kind === 'Istio' && each.gateway === gateway && sharedHosts(rule, each.server, namespace).size > 0
        ? [each.server]
        : [],
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
function httpsRedirect(gateway: Gateway, { index }: Server): Route {
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
