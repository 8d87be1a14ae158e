import { type KubeObject, witnessPods } from '@bookinfo/cluster';
import { until } from '../../until.ts';
import { startReaper } from '../start-reaper.ts';
import type { Started } from '../target.ts';
import { checkedKube } from './checked-kube.ts';
import { replicasOf } from './kube-workloads.ts';

/** Makes the witnesses of Bookinfo in a namespace that has it; at the end all that the suite has made is removed. */
export async function startKube(): Promise<Started> {
  const { cluster, objects, state, ingressUrl } = await checkedKube();
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
  return { handle: { name: 'kube', ingressUrl, adminPort: 0 }, stop };
}

function isRunning({ status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === 'ContainersReady' && is === 'True');
}
