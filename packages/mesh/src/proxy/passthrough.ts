import { UNLIMITED } from '../compile/clusters.js';
import type { Cluster } from '../compile/cluster.js';
import { DEFAULT_RETRY_POLICY } from '../compile/default-retry-policy.js';
import type { Forwarding } from './forwarding.js';

const HTTP_PORT = 80;
/** Istio's default for every cluster (mesh config's connectTimeout). */
const CONNECT_TIMEOUT_MS = 10_000;

/** Where a request for a host that the mesh doesn't know goes (ALLOW_ANY): without timeout or retries, as in Istio. */
export function passthrough(authority: string): Forwarding {
  const cluster = passthroughCluster(authority);
  const weightedCluster = { name: cluster.name, weight: 1 };
  return {
    kind: 'forward',
    cluster,
    weightedCluster,
    action: {
      kind: 'forward',
      weightedClusters: [weightedCluster],
      timeoutMs: 0,
      retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 },
      mirrors: [],
      hashPolicies: [],
      clusterNotFoundStatus: 503,
    },
    mirrors: [],
  };
}

/** The host itself, as the client named it. */
function passthroughCluster(authority: string): Cluster {
  const { hostname, port } = new URL(`http://${authority}`);
  return {
    name: 'PassthroughCluster',
    type: 'ORIGINAL_DST',
    lbPolicy: { kind: 'CLUSTER_PROVIDED' },
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    circuitBreakers: UNLIMITED,
    maxRequestsPerConnection: 0,
    idleTimeoutMs: 0,
    endpoints: [
      {
        address: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? HTTP_PORT : Number(port),
        pod: authority,
        labels: {},
      },
    ],
  };
}
