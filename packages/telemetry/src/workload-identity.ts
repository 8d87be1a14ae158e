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
