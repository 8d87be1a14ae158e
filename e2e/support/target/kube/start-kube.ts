import { bookinfo } from '@bookinfo/application';
import { Cluster, gatewayAddress, type KubeObject, readCluster, witnessPods } from '@bookinfo/cluster';
import { until } from '../../until.ts';
import { startReaper } from '../start-reaper.ts';
import type { Started } from '../target.ts';
import { KubeObjects, nameOf } from './kube-objects.ts';
import { kubeSettings } from './kube-settings.ts';
import { replicasOf } from './kube-workloads.ts';

const INGRESS = {
  kind: 'gateway' as const,
  namespace: 'istio-system',
  labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
};

/** Makes the witnesses of Bookinfo in a namespace that has it; at the end all that the suite has made is removed. */
export async function startKube(): Promise<Started> {
  const { context, namespace } = kubeSettings();
  const cluster = new Cluster(context, namespace);
  const objects = new KubeObjects(cluster);
  const state = await readCluster(cluster);
  await refuse(cluster, objects, state.deployments);
  const address = await gatewayAddress(INGRESS, 80, state.services, () => cluster.listNodes());
  if ('reason' in address) throw new Error(`The gateway can't be asked: ${address.reason}.`);
  const witnesses = witnessPods(cluster, state);
  const replicas = state.deployments.map((each) => [each.metadata.name, replicasOf(each)]);
  await objects.delete(await objects.listOwn());
  const stop = startReaper(
    'kube/kube-reaper.ts',
    [JSON.stringify(replicas)],
    `objects with the label bookinfo/e2e in the namespace ${cluster.namespace}`,
  );
  await objects.apply(witnesses);
  const names = new Set(witnesses.map(({ metadata }) => metadata.name));
  await until('the witnesses run', async () => {
    const pods = await cluster.list('Pod', cluster.namespace);
    return pods.filter(({ metadata }) => names.has(metadata.name)).filter(isRunning).length === names.size;
  });
  return { handle: { name: 'kube', ingressUrl: `http://${address.host}`, adminPort: 0 }, stop };
}

/** @throws {Error} when the namespace lacks Bookinfo, or has rules that the scenarios would meet. */
async function refuse(
  { namespace }: Cluster,
  objects: KubeObjects,
  deployments: readonly KubeObject[],
): Promise<void> {
  const apps = new Set(deployments.map(appOf));
  const missing = Object.keys(bookinfo.programs).filter((name) => !apps.has(name));
  if (missing.length > 0)
    throw new Error(
      `The namespace ${namespace} has no Bookinfo (no Deployment of ${missing.join(', ')}): kubectl apply -n ${namespace} -f deploy/platform/kube/bookinfo.yaml`,
    );
  const foreign = await objects.listForeignRules();
  if (foreign.length > 0)
    throw new Error(
      `The namespace ${namespace} has rules that the suite has not made, and it brings all of its own: ${foreign.map(nameOf).join(', ')}. Delete them, or name a namespace with Bookinfo alone.`,
    );
}

function appOf({ spec }: KubeObject): string {
  const { template } = spec as { template: { metadata?: { labels?: Record<string, string> } } };
  return template.metadata?.labels?.['app'] ?? '';
}

function isRunning({ status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === 'ContainersReady' && is === 'True');
}
