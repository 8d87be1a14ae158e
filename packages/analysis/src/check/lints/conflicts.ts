import {
  type FieldPath,
  resolveHost,
  resourceKey,
  type DestinationRule,
  type VirtualService,
} from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

type Conflicting = VirtualService | DestinationRule;

/**
 * Warns of hosts that another resource of the kind has too. Sidecars apply only the oldest VirtualService of a host. Of
 * DestinationRules they apply all subsets, and the trafficPolicy of the oldest.
 */
export const conflicts: Lint<Conflicting> = (resource, { written }) => {
  const all = written.filter(
    (each): each is Conflicting => each.kind === 'VirtualService' || each.kind === 'DestinationRule',
  );
  const others = all.filter(
    (each) =>
      each !== resource &&
      each.kind === resource.kind &&
      each.metadata.namespace === resource.metadata.namespace,
  );
  return hostsOf(resource).flatMap(({ host, path }): Warning[] => {
    const other = others.find((each) => hostsOf(each).some((its) => its.host === host));
    if (!other) return [];
    const { file, line } = other.source.start;
    const isOlder = all.indexOf(other) < all.indexOf(resource);
    const message = `${resourceKey(other)} (${file}:${line}) has the host ${host} too: ${effectOf(resource, isOlder)}`;
    return [{ path, message }];
  });
};

function effectOf({ kind }: Conflicting, isOtherOlder: boolean): string {
  if (kind === 'DestinationRule')
    return `the subsets of both apply, and the trafficPolicy of ${isOtherOlder ? 'the other' : 'this'} one`;
  return isOtherOlder
    ? 'it is older, and sidecars apply only that one'
    : 'it is younger, and sidecars apply only this one';
}

function hostsOf(resource: Conflicting): { host: string; path: FieldPath }[] {
  const { namespace } = resource.metadata;
  if (resource.kind === 'DestinationRule')
    return [{ host: resolveHost(resource.spec.host, namespace), path: ['spec', 'host'] }];
  if (!resource.spec.gateways.includes('mesh')) return [];
  return resource.spec.hosts.map((host, index) => ({
    host: resolveHost(host, namespace),
    path: ['spec', 'hosts', index],
  }));
}
