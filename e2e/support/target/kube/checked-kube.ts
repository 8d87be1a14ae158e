import { bookinfo } from '@bookinfo/application';
import { Cluster, type ClusterState, gatewayAddress, type KubeObject, readCluster } from '@bookinfo/cluster';
import { INGRESS } from './gateway-url.ts';
import { KubeObjects, nameOf } from './kube-objects.ts';
import { kubeSettings } from './kube-settings.ts';

/** A namespace that the suite can run in. */
export interface CheckedKube {
  cluster: Cluster;
  objects: KubeObjects;
  state: ClusterState;
  ingressUrl: string;
}

/**
 * Returns the namespace that `--context` and `--namespace` select, without any change of it.
 * @throws {Error} of one sentence when it lacks Bookinfo or a gateway, or has rules that the scenarios would meet.
 */
export async function checkedKube(): Promise<CheckedKube> {
  const { context, namespace } = kubeSettings();
  const cluster = new Cluster(context, namespace);
  const objects = new KubeObjects(cluster);
  const state = await readCluster(cluster);
  refuseWithoutBookinfo(cluster, state.deployments);
  const foreign = await objects.listForeignRules();
  if (foreign.length > 0)
    throw new Error(
      `The namespace ${cluster.namespace} has rules that the suite has not made, and it brings all of its own: ${foreign.map(nameOf).join(', ')}; delete them, or name a namespace with Bookinfo alone.`,
    );
  const address = await gatewayAddress(INGRESS, 80, state.services, () => cluster.listNodes());
  if ('reason' in address) throw new Error(`The gateway can't be asked: ${address.reason}.`);
  return { cluster, objects, state, ingressUrl: new URL(`http://${address.host}`).origin };
}

function refuseWithoutBookinfo({ namespace }: Cluster, deployments: readonly KubeObject[]): void {
  const apps = new Set(deployments.map(appOf));
  const missing = Object.keys(bookinfo.programs).filter((name) => !apps.has(name));
  if (missing.length > 0)
    throw new Error(
      `The namespace ${namespace} has no Bookinfo (no Deployment of ${missing.join(', ')}): kubectl apply -n ${namespace} -f deploy/platform/kube/bookinfo.yaml`,
    );
}

function appOf({ spec }: KubeObject): string {
  const { template } = spec as { template: { metadata?: { labels?: Record<string, string> } } };
  return template.metadata?.labels?.['app'] ?? '';
}
