import { CONNECT_TIMEOUT_MS, UNLIMITED, type Cluster } from '../route-table/cluster.js';
import { DEFAULT_RETRY_POLICY } from '../route-table/retry-defaults.js';
import type { Forwarding } from './decision.js';

const CLUSTER: Cluster = {
  name: 'PassthroughCluster',
  type: 'ORIGINAL_DST',
  lbPolicy: { kind: 'CLUSTER_PROVIDED' },
  connectTimeoutMs: CONNECT_TIMEOUT_MS,
  circuitBreakers: UNLIMITED,
  maxRequestsPerConnection: 0,
  idleTimeoutMs: 0,
  endpoints: [],
};
const WEIGHTED_CLUSTER = { name: CLUSTER.name, weight: 1 };

/** Forwards a request for a host outside the mesh (ALLOW_ANY), without timeout and retries, as Istio does. */
export const PASSTHROUGH: Forwarding = {
  kind: 'forward',
  cluster: CLUSTER,
  weightedCluster: WEIGHTED_CLUSTER,
  action: {
    kind: 'forward',
    weightedClusters: [WEIGHTED_CLUSTER],
    timeoutMs: 0,
    retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 },
    mirrors: [],
    hashPolicies: [],
    clusterNotFoundStatus: 503,
  },
  mirrors: [],
};
