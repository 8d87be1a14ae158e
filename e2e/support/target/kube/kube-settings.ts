/** The cluster that the suite runs on, as plain data. */
export interface KubeSettings {
  /** The context of the kubeconfig; empty when none is given. */
  context: string;
  /** The namespace; undefined for that of the context. */
  namespace: string | undefined;
}

/** Returns what `--context` and `--namespace` of the suite select. */
export function kubeSettings(): KubeSettings {
  return {
    context: process.env['E2E_CONTEXT'] ?? '',
    namespace: process.env['E2E_NAMESPACE'],
  };
}
