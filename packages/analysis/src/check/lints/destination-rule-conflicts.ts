import { isMerged } from '@bookinfo/compiler';
import { resolveHost, resourceKey, type DestinationRule } from '@bookinfo/rules';
import type { Lint, Warning } from './lint.js';

/**
 * Warns of a host that another DestinationRule of the namespace has too. Istio merges those with one exportTo and
 * workloadSelector: all subsets apply, and the trafficPolicy of the oldest.
 */
export const destinationRuleConflicts: Lint<DestinationRule> = (resource, { written }) => {
  const all = written.filter((each) => each.kind === 'DestinationRule');
  const other = all.find((each) => each !== resource && isMerged(each, resource));
  if (!other) return [];
  const { file, line } = other.source.start;
  const isOlder = all.indexOf(other) < all.indexOf(resource);
  const message = `${resourceKey(other)} (${file}:${line}) has the host ${hostOf(resource)} too: the subsets of both apply, and the trafficPolicy of ${isOlder ? 'the other' : 'this'} one`;
  return [{ code: 'destination-rule-conflict', path: ['spec', 'host'], message } satisfies Warning];
};

function hostOf({ metadata, spec }: DestinationRule): string {
  return resolveHost(spec.host, metadata.namespace);
}
