import { isGateway, isOfKind, type Resource } from '@bookinfo/rules';
import type { Route } from '@bookinfo/routing';
import { attach } from './attachment.js';
import { ReferenceGrants } from './reference-grants.js';
import { httpRouteRoutes, inOrder, type RouteContext } from './routes.js';

/**
 * Returns the routes of HTTPRoutes at the ingress gateway by host; routes of several HTTPRoutes for a host are merged and
 * sorted.
 */
export function gatewayHttpRoutes(
  resources: readonly Resource[],
  context: RouteContext,
): Map<string, Route[]> {
  const gateways = resources.filter((resource) => isOfKind(resource, 'Gateway.gateway.networking.k8s.io'));
  const grants = new ReferenceGrants(resources);
  const byHost = new Map<string, Route[]>();
  for (const httpRoute of resources.filter((resource) => resource.kind === 'HTTPRoute')) {
    const hosts = httpRoute.spec.parentRefs.filter(isGateway).flatMap((parent) => {
      const attachment = attach(httpRoute, parent, gateways);
      return 'hosts' in attachment ? attachment.hosts : [];
    });
    const routes = hosts.length > 0 ? httpRouteRoutes(httpRoute, context, grants) : [];
    for (const host of new Set(hosts)) byHost.set(host, [...(byHost.get(host) ?? []), ...routes]);
  }
  return new Map(Array.from(byHost, ([host, routes]) => [host, inOrder(routes)]));
}
