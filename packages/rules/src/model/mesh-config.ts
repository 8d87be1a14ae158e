/** Settings of the whole mesh. */
export interface MeshConfig {
  /** The version of Istio to behave as, in the form that `checkedIstioVersion` accepts. */
  istioVersion: string;
  /** The policy of sidecars for undeclared hosts. */
  outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
}

/** The default settings; the version is the newest one that was compared with Istio's control plane. */
export const DEFAULT_MESH_CONFIG: MeshConfig = {
  istioVersion: '1.31',
  outboundTrafficPolicy: 'ALLOW_ANY',
};
