import {
  type Model,
  resolveHost,
  originOf,
  resourceKey,
  type DestinationRule,
  type Resource,
  type VirtualService,
} from '@bookinfo/rules';
import type { Finding } from './finding.js';

type Conflicting = VirtualService | DestinationRule;

/**
 * Resources for a host that another one has too: of two VirtualServices for the sidecars the younger counts for nothing
 * there, of two DestinationRules all subsets count and the older trafficPolicy.
 */
export function conflictFindings(resources: readonly Resource[], model: Model): Finding[] {
  const all = model.written.filter(
    (resource) => resource.kind === 'VirtualService' || resource.kind === 'DestinationRule',
  );
  return resources.flatMap((resource) => {
    if (resource.kind !== 'VirtualService' && resource.kind !== 'DestinationRule') return [];
    const others = all.filter(
      (each) =>
        each !== resource &&
        each.kind === resource.kind &&
        each.metadata.namespace === resource.metadata.namespace,
    );
    return hostsOf(resource).flatMap(({ host, path }): Finding[] => {
      const other = others.find((each) => hostsOf(each).some((its) => its.host === host));
      if (!other) return [];
      const { file, line } = other.source.start;
      const isOlder = all.indexOf(other) < all.indexOf(resource);
      const message = `${resourceKey(other)} (${file}:${line}) is for ${host} as well: ${effect(resource, isOlder)}`;
      return [{ level: 'warning', origin: originOf(resource, path), message }];
    });
  });
}

function effect({ kind }: Conflicting, isOtherOlder: boolean): string {
  if (kind === 'DestinationRule')
    return `all subsets of both count, and of trafficPolicy ${isOtherOlder ? 'its' : 'this'} one`;
  return isOtherOlder
    ? 'it is older, and sidecars obey it alone'
    : 'it is younger, and sidecars obey this one alone';
}

function hostsOf(resource: Conflicting): { host: string; path: (string | number)[] }[] {
  const { namespace } = resource.metadata;
  if (resource.kind === 'DestinationRule')
    return [{ host: resolveHost(resource.spec.host, namespace), path: ['spec', 'host'] }];
  if (!resource.spec.gateways.includes('mesh')) return [];
  return resource.spec.hosts.map((host, index) => ({
    host: resolveHost(host, namespace),
    path: ['spec', 'hosts', index],
  }));
}
