import type { FieldPath } from '../resources/field-path.js';
import type { Problem } from '../resources/problem.js';
import { originOf, resourceKey, type RouteRule } from '../resources/resource.js';
import { API_VERSION, originOfFirst, type ConvertedResource } from './converted.js';
import { hostNameOf } from './host-name.js';
import { defaultHttpRoute, httpRouteOf, type Conversion, type HTTPRouteManifest } from './http-route.js';

/**
 * Converts the RouteRules of one host to a VirtualService: in the order of their precedence, followed by Istio 0.2's default
 * route to all pods.
 */
export function virtualServiceOf(
  host: string,
  unsorted: readonly RouteRule[],
  conversion: Conversion,
  warnings: Problem[],
): ConvertedResource {
  const [first] = unsorted;
  const { name, namespace, host: written } = hostNameOf(host, first?.metadata.namespace);
  const http: HTTPRouteManifest[] = [];
  const rules: (RouteRule | undefined)[] = [];
  let catchAll: RouteRule | undefined;
  for (const rule of byPrecedence(unsorted)) {
    const warn = (path: FieldPath, message: string): void =>
      void warnings.push({ ...originOf(rule, path), message });
    if (catchAll) {
      warn([], `no request reaches this rule: ${resourceKey(catchAll)} matches all requests`);
      continue;
    }
    const route = httpRouteOf(rule, namespace, conversion, warn);
    if (!route) continue;
    http.push(route);
    rules.push(rule);
    if (isCatchAll(route)) catchAll = rule;
  }
  if (!catchAll) {
    http.push(defaultHttpRoute(written));
    rules.push(undefined);
  }
  return {
    manifest: {
      apiVersion: API_VERSION,
      kind: 'VirtualService',
      metadata: { name, namespace },
      spec: { hosts: [written], http },
    },
    origin: originOfFirst(first),
    rules,
  };
}

/** Sorts rules by descending precedence, then by namespace and name (istio/istio 0.3.0, SortRouteRules). */
function byPrecedence(rules: readonly RouteRule[]): RouteRule[] {
  return rules.toSorted(
    (a, b) => b.spec.precedence - a.spec.precedence || (resourceKey(a) < resourceKey(b) ? -1 : 1),
  );
}

function isCatchAll({ match = [] }: HTTPRouteManifest): boolean {
  return match.every((entry) => Object.keys(entry).join() === 'uri' && entry.uri?.prefix === '/');
}
