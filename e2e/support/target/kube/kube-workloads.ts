import type { Cluster, KubeObject } from '@bookinfo/cluster';
import { WITNESS_LABEL } from '@bookinfo/cluster';
import { hasLabels } from '@bookinfo/rules';
import { until } from '../../until.ts';

const DEPLOYMENT = { group: 'apps', kind: 'Deployment', plural: 'deployments' };

interface DeploymentParts {
  metadata: { generation?: number };
  spec: { replicas?: number; selector: { matchLabels: Record<string, string> } };
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

/**
 * Resolves when each Deployment runs as many pods as it asks for, all of its newest template and ready, and none is left that ends. The
 * pods are counted too: for a moment after the end of one the Deployment's status still has it.
 */
export async function whenAvailable(cluster: Cluster): Promise<void> {
  await until('all pods are ready', async () => {
    const deployments = await listDeployments(cluster);
    const pods = await cluster.list('Pod', cluster.namespace);
    return (
      deployments.every((each) => isAvailable(each) && readyPodsOf(each, pods) === replicasOf(each)) &&
      pods.every(({ metadata }) => metadata.deletionTimestamp === undefined)
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

function readyPodsOf(deployment: KubeObject, pods: readonly KubeObject[]): number {
  const { matchLabels } = (deployment as unknown as DeploymentParts).spec.selector;
  const own = pods.filter(
    ({ metadata: { labels = {} } }) => labels[WITNESS_LABEL] === undefined && hasLabels(labels, matchLabels),
  );
  return own.filter(isReady).length;
}

function isReady({ status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
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
