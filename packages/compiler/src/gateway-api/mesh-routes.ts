import {
  serviceHost,
  isGateway,
  isService,
  isServiceEntry,
  type ParentReference,
  type HTTPRoute,
  type Resource,
} from '@bookinfo/rules';
import { placeOf, type LeaveOut, type Place } from '../left-out.js';
import type { Listener } from '../virtual-hosts/listener.js';
import type { Route } from '@bookinfo/routing';
import { backendFilterReason } from './backend-filters.js';
import { httpRouteRoutes, inOrder } from './routes.js';

/** HTTPRoutes of one namespace that are attached to one Service, or to one of its ports. */
export interface MeshHttpRoutes {
  host: string;
  /** The namespace of the routes, not of the Service. */
  namespace: string;
  /** The oldest. */
  resource: HTTPRoute;
  /** The parentRef of the oldest. */
  place: Place;
  /** Position of the oldest among all resources. */
  age: number;
  /** Empty at a port that they do not apply to. */
  routesAt: (listener: Listener) => Route[];
}

/**
 * Returns the HTTPRoutes that apply to a client of the namespace: those of its own (consumer routes, for itself only) and
 * those of the Service's (producer routes, for all clients). Routes for one port are not merged with routes for all ports,
 * as in istio/istio pilot/pkg/config/kube/gateway/route_collections.go, mergeHTTPRoutes.
 */
export function meshHttpRoutes(
  resources: readonly Resource[],
  clientNamespace: string,
  leaveOut?: LeaveOut,
): MeshHttpRoutes[] {
  const attached = resources.flatMap((resource, age) => {
    if (resource.kind !== 'HTTPRoute') return [];
    const { namespace } = resource.metadata;
    return resource.spec.parentRefs.flatMap((parent, index) => {
      if (isGateway(parent)) return [];
      const hosts = hostsOf(parent, namespace, resources);
      const place = placeOf(resource, ['spec', 'parentRefs', index]);
      const owner = parent.namespace ?? namespace;
      if (namespace !== clientNamespace && namespace !== owner) {
        leaveOut?.({
          code: 'consumer-route',
          ...place,
          hosts,
          isWhole: true,
          reason: `its namespace ${namespace} is not that of ${parent.name} (${owner}), so that it applies to clients of ${namespace} only`,
        });
        return [];
      }
      const unconverted = backendFilterReason(resource);
      if (unconverted !== undefined) {
        leaveOut?.({
          code: 'not-accepted',
          ...place,
          hosts,
          isWhole: true,
          reason: `not accepted: ${unconverted}`,
        });
        return [];
      }
      return hosts.map((host) => ({ httpRoute: resource, age, namespace, host, port: parent.port, place }));
    });
  });
  const groups = Map.groupBy(attached, ({ namespace, host, port }) => `${namespace}/${port}/${host}`);
  return [...groups.values()].flatMap((group) => {
    const [oldest] = group;
    if (!oldest) return [];
    const { httpRoute: resource, host, namespace, port, age, place } = oldest;
    const httpRoutes = new Set<HTTPRoute>(group.map((one) => one.httpRoute));
    const routesAt = (listener: Listener): Route[] => {
      if (port === undefined || port === listener.port)
        return inOrder(
          [...httpRoutes].flatMap((httpRoute) => httpRouteRoutes(httpRoute, listener)),
          host,
          listener.leaveOut,
        );
      const reason = `its parentRef is for port ${port} only`;
      listener.leaveOut?.({
        code: 'match-port',
        ...place,
        hosts: [host],
        port: listener.port,
        isWhole: true,
        reason,
      });
      return [];
    };
    return [{ host, namespace, resource, age, place, routesAt }];
  });
}

/** Returns the hosts of a Service or ServiceEntry; none for a Gateway. */
function hostsOf(parent: ParentReference, routeNamespace: string, resources: readonly Resource[]): string[] {
  const { namespace = routeNamespace, name } = parent;
  if (isService(parent)) return [serviceHost(name, namespace)];
  if (!isServiceEntry(parent)) return [];
  const entry = resources.find(
    ({ kind, metadata }) =>
      kind === 'ServiceEntry' && metadata.name === name && metadata.namespace === namespace,
  );
  return entry?.kind === 'ServiceEntry' ? entry.spec.hosts.map((host) => host.toLowerCase()) : [];
}
