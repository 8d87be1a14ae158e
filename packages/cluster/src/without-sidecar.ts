import { hasLabels } from '@bookinfo/rules';
import type { Cluster } from './cluster.js';
import { deploymentSpec } from './deployment.js';
import type { KubeObject } from './kube-object.js';
import { labelsOf, sidecarOf } from './pods.js';
import { isWitness } from './witness/witness-pod.js';

/** Returns a sentence about the workloads whose requests meet no rules, because no pod of theirs has a sidecar. */
export function withoutSidecar(
  { namespace }: Pick<Cluster, 'namespace'>,
  workloads: readonly KubeObject[],
  pods: readonly KubeObject[],
): string[] {
  const names = workloads
    .filter((workload) => {
      const own = podsOf(workload, pods);
      return own.length > 0 && !own.some(sidecarOf);
    })
    .map(({ metadata }) => metadata.name);
  if (names.length === 0) return [];
  const cure = `label the namespace (kubectl label namespace ${namespace} istio-injection=enabled), and restart them`;
  return [
    `No pod of ${names.join(', ')} in the namespace ${namespace} has a sidecar, so that their requests meet no rules: ${cure}.`,
  ];
}

/** Returns the pods of a Deployment. */
export function podsOf(deployment: KubeObject, pods: readonly KubeObject[]): KubeObject[] {
  const { matchLabels = {} } = deploymentSpec(deployment).selector;
  return pods.filter((pod) => !isWitness(pod) && hasLabels(labelsOf(pod), matchLabels));
}
