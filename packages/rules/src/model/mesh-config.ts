/** What an operator sets for the whole mesh. */
export interface MeshConfig {
  /** The Istio whose behaviour is wanted where versions differ, as `checkedIstioVersion` takes it. */
  istioVersion: string;
  /** What sidecars do with hosts that nothing declares. */
  outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
}

/** A mesh that nobody configured. */
export const DEFAULT_MESH_CONFIG: MeshConfig = {
  istioVersion: '1.30',
  outboundTrafficPolicy: 'ALLOW_ANY',
};
