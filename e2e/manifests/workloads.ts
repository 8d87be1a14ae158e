import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { type Manifest, manifestsOf, yamlFiles } from './deploy-files.ts';

/** A Deployment, with its pod template's spec and containers. */
export interface Workload {
  name: string;
  deployment: IDeployment;
  pod: IPodSpec;
  /** Init containers included. */
  containers: IContainer[];
}

/**
 * Returns all Deployments in deploy/platform.
 *
 * @throws {Error} when there is none, so that no check passes on an empty list.
 */
export function workloads(): Workload[] {
  return workloadsOf(yamlFiles('platform').flatMap(manifestsOf));
}

/**
 * Returns the Deployments among manifests.
 *
 * @throws {Error} when there is none.
 */
export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  const all = manifests.filter(Deployment.is).map(workload);
  if (all.length === 0) throw new Error('no Deployment among the manifests');
  return all;
}

/** Returns the Deployments of Bookinfo's own programs; the others run the images of databases. */
export function programs(): Workload[] {
  return workloads().filter(isProgram);
}

export function isProgram({ containers: [container] }: Workload): boolean {
  return container?.ports?.[0]?.containerPort === 9080;
}

function workload(deployment: IDeployment): Workload {
  const name = deployment.metadata?.name ?? 'unnamed';
  const pod = deployment.spec?.template.spec;
  if (!pod) throw new Error(`Deployment ${name} has no pod spec`);
  return { name, deployment, pod, containers: [...(pod.initContainers ?? []), ...pod.containers] };
}
