import type { Route } from '@bookinfo/routing';

const SUBSET_KEY = /^outbound\|(\d+)\|[^|]*\|(.+)$/;

/**
 * Returns the name of a request's span: host, port and path of its route (istio/istio, pilot/pkg/networking/util:
 * GetRouteOperation). A route to several clusters has the name of its VirtualService in the host's place; a request without a route
 * that of its host.
 */
export function operationName(route: Route | undefined, authority: string | undefined, port: number): string {
  if (!route) return authority ?? '-';
  const path = pathOf(route);
  const { action } = route;
  const [cluster, ...others] = action.kind === 'forward' ? action.weightedClusters : [];
  const [, clusterPort, host] = others.length === 0 ? (SUBSET_KEY.exec(cluster?.name ?? '') ?? []) : [];
  if (host !== undefined) return `${host}:${clusterPort}${path}`;
  const resource = route.rule?.resource.split('/').at(-1);
  return resource === undefined ? (authority ?? '-') : `${resource}:${port}${path}`;
}

function pathOf({ match: { path } }: Route): string {
  if (!path || path.kind === 'path-separated-prefix') return '/*';
  return path.kind === 'prefix' ? `${path.value}*` : path.value;
}
