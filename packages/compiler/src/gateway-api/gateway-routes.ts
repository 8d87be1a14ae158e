import { isGateway, isOfKind, type Resource } from '@bookinfo/rules';
import type { Route } from '@bookinfo/routing';
import { placeOf } from '../left-out.js';
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
    const attachments = httpRoute.spec.parentRefs.flatMap((parent, index) => {
      if (!isGateway(parent)) return [];
      const attachment = attach(httpRoute, parent, gateways);
      if ('hosts' in attachment) return [attachment];
      const { hostnames } = httpRoute.spec;
      context.leaveOut?.({
        code: 'not-accepted',
        ...placeOf(httpRoute, ['spec', 'parentRefs', index]),
        hosts: hostnames.length > 0 ? hostnames : ['*'],
        isWhole: true,
        reason: `not accepted: ${attachment.refused}`,
      });
      return [];
    });
    const [first] = attachments;
    if (!first) continue;
    const routes = httpRouteRoutes(httpRoute, { ...context, gatewayPort: first.port }, grants);
    for (const host of new Set(attachments.flatMap(({ hosts }) => hosts)))
      byHost.set(host, [...(byHost.get(host) ?? []), ...routes]);
  }
  return new Map(Array.from(byHost, ([host, routes]) => [host, inOrder(routes, host, context.leaveOut)]));
}
