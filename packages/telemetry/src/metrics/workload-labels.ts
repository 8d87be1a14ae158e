import { canonicalRevision, canonicalService, type WorkloadIdentity } from '../workload-identity.js';

const UNKNOWN = 'unknown';
/** Istio's default of CLUSTER_ID. */
const CLUSTER = 'Kubernetes';

/** Returns Istio's labels of one end of a request; of one outside the mesh all are unknown. */
export function workloadLabels(end: 'source' | 'destination', workload: WorkloadIdentity | undefined) {
  return {
    [`${end}_workload`]: workload?.workload ?? UNKNOWN,
    [`${end}_canonical_service`]: workload ? canonicalService(workload) : UNKNOWN,
    [`${end}_canonical_revision`]: workload ? canonicalRevision(workload) : 'latest',
    [`${end}_workload_namespace`]: workload?.namespace ?? UNKNOWN,
    // Workloads have no certificates here.
    [`${end}_principal`]: UNKNOWN,
    [`${end}_app`]: workload?.labels['app'] ?? UNKNOWN,
    [`${end}_version`]: workload?.labels['version'] ?? UNKNOWN,
    [`${end}_cluster`]: workload ? CLUSTER : UNKNOWN,
  };
}
