import { hostCovers, resolveHost } from '../registry/host.js';
import type { Problem } from '../resources/problem.js';
import { originOf, resourceKey, type Resource } from '../resources/resource.js';
import { istioServiceHost } from './service-host.js';

/**
 * The RouteRules for hosts that a VirtualService has rules for: which of the two would count is nowhere written, so a
 * host may have rules of one kind only.
 */
export function ruleConflicts(resources: readonly Resource[]): Problem[] {
  const modern = resources
    .filter((resource) => resource.kind === 'VirtualService')
    .filter(({ spec }) => spec.gateways.includes('mesh'))
    .flatMap((rule) =>
      rule.spec.hosts.map((host) => ({ rule, host: resolveHost(host, rule.metadata.namespace) })),
    );
  return resources.flatMap((resource): Problem[] => {
    if (resource.kind !== 'RouteRule') return [];
    const host = istioServiceHost(resource.spec.destination, resource.metadata.namespace);
    const other = modern.find((each) => hostCovers(each.host, host))?.rule;
    if (!other) return [];
    const { file, line } = other.source.start;
    const message = `${resourceKey(other)} (${file}:${line}) has rules for ${host} already; delete it, or convert this file`;
    return [{ ...originOf(resource, ['spec', 'destination']), message }];
  });
}
