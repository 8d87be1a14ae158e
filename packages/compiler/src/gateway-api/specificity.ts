import type { RouteMatch } from '@bookinfo/routing';

/**
 * Compares two routes for a stable sort, the most specific first: an exact path before a prefix before a regular
 * expression, the longer path, one with a method, more headers, more query parameters (istio/istio
 * pilot/pkg/config/kube/gateway/conversion.go, sortHTTPRoutes). Equal routes keep their order.
 */
export function bySpecificity(a: { match: RouteMatch }, b: { match: RouteMatch }): number {
  const [first, second] = [rank(a.match), rank(b.match)];
  const index = first.findIndex((value, each) => value !== second[each]);
  return (second[index] ?? 0) - (first[index] ?? 0);
}

function rank({ path, headers, queryParameters }: RouteMatch): number[] {
  const methods = headers.filter(({ name }) => name === ':method').length;
  const pathRank = path ? { exact: 3, 'path-separated-prefix': 2, prefix: 2, regex: 1 }[path.kind] : 0;
  return [pathRank, path?.value.length ?? 0, methods, headers.length - methods, queryParameters.length];
}
