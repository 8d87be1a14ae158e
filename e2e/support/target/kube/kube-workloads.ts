import type { Cluster, KubeObject } from '@bookinfo/cluster';
import { WITNESS_LABEL } from '@bookinfo/cluster';
import { until } from '../../until.ts';

const DEPLOYMENT = { group: 'apps', kind: 'Deployment', plural: 'deployments' };

interface DeploymentParts {
  metadata: { generation?: number };
  spec: { replicas?: number };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
  };
}

/** Lists the Deployments of the namespace. */
export function listDeployments(cluster: Cluster): Promise<KubeObject[]> {
  return cluster.listOfGroup(DEPLOYMENT, cluster.namespace);
}

/** Returns the replicas that a Deployment asks for. */
export function replicasOf(deployment: KubeObject): number {
  return (deployment as unknown as DeploymentParts).spec.replicas ?? 1;
}

/** Resolves when each Deployment runs as many pods as it asks for, all of its newest template and ready, and none is left that ends. */
export async function whenAvailable(cluster: Cluster): Promise<void> {
  await until('all pods are ready', async () => {
    const deployments = await listDeployments(cluster);
    const pods = await cluster.list('Pod', cluster.namespace);
    return (
      deployments.every(isAvailable) && pods.every(({ metadata }) => metadata.deletionTimestamp === undefined)
    );
  });
}

/** Lists the pods of an app, without its witnesses. */
export async function listPods(cluster: Cluster, app: string): Promise<KubeObject[]> {
  const pods = await cluster.list('Pod', cluster.namespace);
  return pods.filter(
    ({ metadata: { labels = {} } }) => labels['app'] === app && labels[WITNESS_LABEL] === undefined,
  );
}

function isAvailable(deployment: KubeObject): boolean {
  const { metadata, spec, status = {} } = deployment as unknown as DeploymentParts;
  const wanted = spec.replicas ?? 1;
  return (
    status.observedGeneration === metadata.generation &&
    [status.replicas, status.updatedReplicas, status.availableReplicas].every(
      (count) => (count ?? 0) === wanted,
    )
  );
}
