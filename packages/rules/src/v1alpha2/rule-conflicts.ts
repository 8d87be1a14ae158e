import { hostCovers, resolveHost } from '../registry/host.js';
import type { Problem } from '../resources/problem.js';
import { originOf, resourceKey, type Resource } from '../resources/resource.js';
import { istioServiceHost } from './service-host.js';

/**
 * Returns a problem for each RouteRule whose host has a VirtualService too, and for each DestinationPolicy whose host has a
 * DestinationRule with a trafficPolicy. The precedence of the two is not documented, so a host may have one of them only.
 */
export function ruleConflicts(resources: readonly Resource[]): Problem[] {
  const old = resources.filter(
    (resource) => resource.kind === 'RouteRule' || resource.kind === 'DestinationPolicy',
  );
  if (old.length === 0) return [];
  const modern = resources
    .filter((resource) => resource.kind === 'VirtualService')
    .filter(({ spec }) => spec.gateways.includes('mesh'))
    .flatMap((rule) =>
      rule.spec.hosts.map((host) => ({ rule, host: resolveHost(host, rule.metadata.namespace) })),
    );
  const policies = resources
    .filter((resource) => resource.kind === 'DestinationRule')
    .filter(({ spec }) => spec.trafficPolicy !== undefined)
    .map((rule) => ({ rule, host: resolveHost(rule.spec.host, rule.metadata.namespace) }));
  return old.flatMap((resource): Problem[] => {
    const host = istioServiceHost(resource.spec.destination, resource.metadata.namespace);
    const others = resource.kind === 'RouteRule' ? modern : policies;
    const other = others.find((each) => hostCovers(each.host, host))?.rule;
    if (!other) return [];
    const { file, line } = other.source.start;
    const message = `${resourceKey(other)} (${file}:${line}) already has rules for ${host}; delete it, or convert this file`;
    return [{ ...originOf(resource, ['spec', 'destination']), message }];
  });
}
