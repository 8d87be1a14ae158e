import { stringify } from 'yaml';
import type { Cluster } from '../cluster.js';
import type { KubeObject } from '../kube-object.js';
import { sidecarOf } from '../pods.js';
import type { ClusterState } from '../read-cluster.js';
import { podsOf } from '../without-sidecar.js';
import { witnessPod } from './witness-pod.js';

/**
 * Returns a witness for each Deployment whose pods have a sidecar.
 * @throws {Error} when no Deployment of the namespace has one.
 */
export function witnessPods(
  { namespace }: Pick<Cluster, 'namespace'>,
  { deployments, pods }: Pick<ClusterState, 'deployments' | 'pods'>,
): KubeObject[] {
  const witnesses = deployments.flatMap((deployment) => {
    const [image] = podsOf(deployment, pods).flatMap((pod) => sidecarOf(pod)?.image ?? []);
    return image === undefined ? [] : [witnessPod(deployment, image)];
  });
  if (witnesses.length > 0) return witnesses;
  throw new Error(
    `No Deployment of the namespace ${namespace} has pods with a sidecar, so that there is nothing to be a witness of.`,
  );
}

/** Returns objects as the YAML of a file for kubectl. */
export function yamlOf(objects: readonly KubeObject[]): string {
  return objects.map((object) => `---\n${stringify(object, { version: '1.1', lineWidth: 0 })}`).join('');
}
