export { Cluster } from './cluster.js';
export type { KubeObject } from './kube-object.js';
export { gatewayAddress, type GatewayAddress } from './live/gateway-address.js';
export { ClusterMesh, gatewayUrl } from './live/cluster-mesh.js';
export { type ClusterState, readCluster } from './read-cluster.js';
export { forwardPort, type ForwardedPort } from './witness/port-forward.js';
export { WITNESS_LABEL } from './witness/witness-pod.js';
export { witnessPods, yamlOf } from './witness/witness-pods.js';
export { Witnesses } from './witness/witnesses.js';
