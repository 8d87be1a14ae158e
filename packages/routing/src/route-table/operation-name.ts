import type { Route } from './route-table.js';

const SUBSET_KEY = /^outbound\|(\d+)\|[^|]*\|(.+)$/;

/**
 * Returns the name of the spans of a route's requests: host, port and path (istio/istio, pilot/pkg/networking/util:
 * GetRouteOperation). A route to several clusters has the name of its VirtualService in the host's place. Undefined for a route
 * without either.
 */
export function operationName(route: Route, port: number): string | undefined {
  const path = pathOf(route);
  const { action } = route;
  const [cluster, ...others] = action.kind === 'forward' ? action.weightedClusters : [];
  const [, clusterPort, host] = others.length === 0 ? (SUBSET_KEY.exec(cluster?.name ?? '') ?? []) : [];
  if (host !== undefined) return `${host}:${clusterPort}${path}`;
  const resource = route.rule?.resource.split('/').at(-1);
  return resource && `${resource}:${port}${path}`;
}

function pathOf({ match: { path } }: Route): string {
  if (!path || path.kind === 'path-separated-prefix') return '/*';
  return path.kind === 'prefix' ? `${path.value}*` : path.value;
}
