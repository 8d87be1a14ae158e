import type { Attempt } from '@bookinfo/proxy';
import type { Reporter } from './reporter.js';
import type { WorkloadIdentity } from './workload-identity.js';

/** Returns the name of a workload in the whole mesh: `default/reviews-v1`. */
export function workloadId({
  namespace,
  workload,
}: Pick<WorkloadIdentity, 'namespace' | 'workload'>): string {
  return `${namespace}/${workload}`;
}

/** Returns what stands for the responses that a proxy makes itself, in the place of the host that was called. */
export function proxyOf(host: string): string {
  return `service:${host}`;
}

/** Returns the workload of an attempt's endpoint, or else `external:` and the host. */
export function targetOf(
  { cluster, endpoint }: Pick<Attempt, 'cluster' | 'endpoint'>,
  { workloadOf }: Reporter,
): string {
  const workload = workloadOf(endpoint);
  return workload ? workloadId(workload) : `external:${hostOf(cluster)}`;
}

/** Returns the host of a cluster named `outbound|9080|v1|reviews.default.svc.cluster.local`; of another one its name. */
export function hostOf(cluster: string): string {
  return cluster.slice(cluster.lastIndexOf('|') + 1);
}
