import type { z } from 'zod';
import type { Origin } from '../resources/origin.js';
import type { destinationRule } from '../resources/kinds/destination-rule.js';
import type { virtualService } from '../resources/kinds/virtual-service.js';
import type { Problem } from '../resources/problem.js';
import { originOf, type Resource, resourceKey, type RouteRule } from '../resources/resource.js';
import { hostNameOf } from './host-name.js';
import { defaultHttpRoute, httpRouteOf, type Conversion, type HTTPRouteManifest } from './http-route.js';
import { istioServiceHost } from './service-host.js';
import { SubsetNames } from './subset-names.js';

/** A resource made of ones of 2017, as it is written down. */
export type ConvertedResource = {
  manifest: z.input<typeof virtualService> | z.input<typeof destinationRule>;
  /** Of the first resource that it was made of. */
  origin: Origin;
  /** Of a VirtualService: the RouteRule behind each of its rules; undefined for the default that Istio 0.2 added. */
  rules: readonly (RouteRule | undefined)[];
};

/** What takes the place of the resources of 2017, and what of it is not what it seems, where it was written. */
export interface Converted {
  resources: ConvertedResource[];
  warnings: Problem[];
}

const API_VERSION = 'networking.istio.io/v1';

/**
 * The VirtualServices and DestinationRules that do what the RouteRules among the resources do: for each host its rules in
 * the order of their precedence, and behind them the route to all pods that Istio 0.2 added by itself. Services
 * among the resources tell who a rule's `source` is.
 */
export function convert(resources: readonly Resource[]): Converted {
  const warnings: Problem[] = [];
  const conversion: Conversion = { resources, subsets: new SubsetNames() };
  const byHost = Map.groupBy(
    resources.filter((resource) => resource.kind === 'RouteRule'),
    ({ metadata, spec }) => istioServiceHost(spec.destination, metadata.namespace),
  );
  const virtualServices = Array.from(byHost, ([host, rules]) =>
    virtualServiceOf(host, rules, conversion, warnings),
  );
  const destinationRules = conversion.subsets.all.map(({ host, subsets }): ConvertedResource => {
    const [first] = byHost.get(host) ?? [...byHost.values()].flat();
    const named = hostNameOf(host, first?.metadata.namespace ?? 'default');
    const trafficPolicy = { loadBalancer: { simple: 'ROUND_ROBIN' as const } };
    return {
      manifest: {
        apiVersion: API_VERSION,
        kind: 'DestinationRule',
        // Not the host's own name: a DestinationRule that is there already stays.
        metadata: { name: `${named.name}-route-rules`, namespace: named.namespace },
        spec: {
          host: named.host,
          subsets: subsets.map(({ name, labels }) => ({ name, labels, trafficPolicy })),
        },
      },
      origin: originOfFirst(first),
      rules: [],
    };
  });
  return { resources: [...virtualServices, ...destinationRules], warnings };
}

function virtualServiceOf(
  host: string,
  unsorted: readonly RouteRule[],
  conversion: Conversion,
  warnings: Problem[],
): ConvertedResource {
  const [first] = unsorted;
  const { name, namespace, host: written } = hostNameOf(host, first?.metadata.namespace ?? 'default');
  const http: HTTPRouteManifest[] = [];
  const rules: (RouteRule | undefined)[] = [];
  let catchAll: RouteRule | undefined;
  for (const rule of byPrecedence(unsorted)) {
    const warn = (path: (string | number)[], message: string): void =>
      void warnings.push({ ...originOf(rule, path), message });
    if (catchAll) {
      warn([], `no request reaches this rule: ${resourceKey(catchAll)} takes all`);
      continue;
    }
    const route = httpRouteOf(rule, namespace, conversion, (path, message) => warn([...path], message));
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

/** Higher ones first; of equal ones the first by namespace and name (istio/istio 0.3.0, SortRouteRules). */
function byPrecedence(rules: readonly RouteRule[]): RouteRule[] {
  return rules.toSorted(
    (a, b) => b.spec.precedence - a.spec.precedence || (resourceKey(a) < resourceKey(b) ? -1 : 1),
  );
}

function isCatchAll({ match = [] }: HTTPRouteManifest): boolean {
  return match.every((entry) => Object.keys(entry).join() === 'uri' && entry.uri?.prefix === '/');
}

function originOfFirst(rule: RouteRule | undefined): Origin {
  return rule?.source.start ?? { file: '', line: 1, column: 1 };
}
