import { resourceKey, type Sidecar } from '@bookinfo/rules';
import type { Lint } from './lint.js';

/**
 * Warns of a Sidecar without a workloadSelector where the namespace has an older one: it applies to no workload (istio/istio
 * pilot/pkg/model/push_context.go, initSidecarScopes; the oldest is first).
 */
export const sidecarConflicts: Lint<Sidecar> = (resource, { written }) => {
  if (resource.spec.workloadSelector) return [];
  const { namespace } = resource.metadata;
  const oldest = written.find(
    (each) => each.kind === 'Sidecar' && each.metadata.namespace === namespace && !each.spec.workloadSelector,
  );
  if (!oldest || oldest === resource) return [];
  const { file, line } = oldest.source.start;
  const message = `${resourceKey(oldest)} (${file}:${line}) has no workloadSelector either and comes first by age: this one applies to no workload of ${namespace}`;
  return [{ code: 'sidecar-conflict', path: ['spec'], message }];
};
