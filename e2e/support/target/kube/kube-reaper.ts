// Removes what the suite has made in a namespace, and restores the replicas of its Deployments, when the runner ends: its standard
// input ends then. The argument is the replicas by name.
import { Cluster } from '@bookinfo/cluster';
import { KubeObjects } from './kube-objects.ts';
import { kubeSettings } from './kube-settings.ts';
import { listDeployments, replicasOf } from './kube-workloads.ts';

process.stdin.resume();
await new Promise((resolve) => process.stdin.once('end', resolve));

const { context, namespace } = kubeSettings();
const cluster = new Cluster(context, namespace);
const objects = new KubeObjects(cluster);
await objects.delete(await objects.listOwn());
const replicas = new Map(JSON.parse(process.argv[2] ?? '') as [string, number][]);
for (const deployment of await listDeployments(cluster)) {
  const { apiVersion, kind, metadata } = deployment;
  const wanted = replicas.get(metadata.name);
  if (wanted !== undefined && wanted !== replicasOf(deployment))
    await objects.change({ apiVersion, kind, metadata: { name: metadata.name }, spec: { replicas: wanted } });
}
