import { isGateway, isOfKind, type HTTPRoute, type KubernetesGateway, type Resource } from '@bookinfo/rules';
import type { Route } from '@bookinfo/routing';
import { placeOf } from '../left-out.js';
import { isProxyOf } from '../virtual-hosts/gateway-selection.js';
import type { GatewayServer } from '../virtual-hosts/gateway-servers.js';
import type { Listener } from '../virtual-hosts/listener.js';
import { attach, type AttachedHost } from './attachment.js';
import { NamespaceLabels } from './namespace-labels.js';
import { ReferenceGrants } from './reference-grants.js';
import { httpRouteRoutes, inOrder, type RouteContext } from './routes.js';

/**
 * Returns the routes of HTTPRoutes at a gateway with these servers by name of the route configuration and host; routes of
 * several HTTPRoutes for a host are merged and sorted.
 */
export function gatewayHttpRoutes(
  resources: readonly Resource[],
  servers: readonly GatewayServer[],
  context: RouteContext & Pick<Listener, 'client'>,
): Map<string, Map<string, Route[]>> {
  const gateways = resources.filter((resource) => isOfKind(resource, 'Gateway.gateway.networking.k8s.io'));
  const namespaceLabels = new NamespaceLabels(resources);
  const grants = new ReferenceGrants(resources);
  const nameOf = new Map(
    servers.flatMap((server) =>
      server.kind === 'Kubernetes' ? [[server.listener, server.routeName] as const] : [],
    ),
  );
  const byName = new Map<string, Map<string, Route[]>>();
  for (const httpRoute of resources.filter((resource) => resource.kind === 'HTTPRoute')) {
    const places = placesOf(httpRoute, gateways, namespaceLabels, context);
    const routes = places.length > 0 ? httpRouteRoutes(httpRoute, context, grants) : [];
    const attached = places.flatMap(({ listener, host }) => {
      const name = nameOf.get(listener);
      return name === undefined ? [] : [[`${name} ${host}`, { name, host }] as const];
    });
    for (const { name, host } of new Map(attached).values()) {
      const byHost = byName.get(name) ?? new Map<string, Route[]>();
      byName.set(name, byHost.set(host, [...(byHost.get(host) ?? []), ...routes]));
    }
  }
  for (const byHost of byName.values())
    for (const [host, routes] of byHost) byHost.set(host, inOrder(routes, host, context.leaveOut));
  return byName;
}

/** Returns the listeners and hosts of this proxy at which the route is attached. */
function placesOf(
  httpRoute: HTTPRoute,
  gateways: readonly KubernetesGateway[],
  namespaceLabels: NamespaceLabels,
  { client, leaveOut }: RouteContext & Pick<Listener, 'client'>,
): AttachedHost[] {
  const { hostnames, parentRefs } = httpRoute.spec;
  return parentRefs.flatMap((parent, index) => {
    if (!isGateway(parent)) return [];
    const attachment = attach(httpRoute, parent, gateways, namespaceLabels);
    const leftOut = {
      ...placeOf(httpRoute, ['spec', 'parentRefs', index]),
      hosts: hostnames.length > 0 ? hostnames : ['*'],
      isWhole: true,
    };
    if ('refused' in attachment) {
      leaveOut?.({ ...leftOut, code: 'not-accepted', reason: `not accepted: ${attachment.refused}` });
      return [];
    }
    if (isProxyOf(attachment.gateway, client)) return attachment.hosts;
    const { name, namespace } = attachment.gateway.metadata;
    leaveOut?.({
      ...leftOut,
      code: 'another-gateway',
      reason: `Gateway ${namespace}/${name} has a proxy of its own`,
    });
    return [];
  });
}
