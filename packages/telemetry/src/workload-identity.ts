/** A workload as metrics and spans name it. */
export interface WorkloadIdentity {
  /** The Deployment's name, or that of the gateway. */
  workload: string;
  namespace: string;
  pod: string;
  labels: Readonly<Record<string, string>>;
}

/** Returns Istio's canonical service of a workload (pilot/pkg/model: CanonicalServiceLabels; pkg/kube/labels). */
export function canonicalService({ workload, labels }: WorkloadIdentity): string {
  return (
    labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? workload
  );
}

/** Returns Istio's canonical revision of a workload; `latest` where no label says more. */
export function canonicalRevision({ labels }: WorkloadIdentity): string {
  return (
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels['version'] ??
    'latest'
  );
}

/** Returns the name of a workload in spans, such as `reviews.default`. */
export function serviceName(workload: WorkloadIdentity): string {
  return `${canonicalService(workload)}.${workload.namespace}`;
}

/** Returns the id of a proxy as Istio writes it (pilot/pkg/model/context.go: ServiceNode). */
export function nodeId(role: 'sidecar' | 'gateway', { pod, namespace }: WorkloadIdentity): string {
  return `${role === 'gateway' ? 'router' : 'sidecar'}~127.0.0.1~${pod}.${namespace}~${namespace}.svc.cluster.local`;
}
