import { UNLIMITED } from './cluster-defaults.js';
import { CONNECT_TIMEOUT_MS } from './cluster-defaults.js';
import type { Cluster } from './cluster.js';
import { DEFAULT_RETRY_POLICY } from './retry-defaults.js';
import type { Forwarding } from '../decide/forwarding.js';

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

/** Where a request for a host that the mesh doesn't know goes (ALLOW_ANY): without timeout or retries, as in Istio. */
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
