import { hostCovers, resolveHost } from '../registry/host.js';
import type { Problem } from '../resources/problem.js';
import { originOf, resourceKey, type Resource } from '../resources/resource.js';
import { istioServiceHost } from './service-host.js';

/**
 * The RouteRules for hosts that a VirtualService has rules for, and the DestinationPolicies for hosts that a
 * DestinationRule has a trafficPolicy for: which of the two would count is nowhere written, so a host may have rules of
 * one time only.
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
    const message = `${resourceKey(other)} (${file}:${line}) says already what is done with ${host}; delete it, or convert this file`;
    return [{ ...originOf(resource, ['spec', 'destination']), message }];
  });
}
