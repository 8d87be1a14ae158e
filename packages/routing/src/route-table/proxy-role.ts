/** Beside a workload, for what it asks others; or at the mesh's edge, for what the outside asks. */
export type ProxyRole = 'sidecar' | 'gateway';
