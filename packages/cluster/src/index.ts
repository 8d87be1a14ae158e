export { Cluster } from './cluster.js';
export { type ClusterState, readCluster } from './read-cluster.js';
