import { UNLIMITED } from '../compile/clusters.js';
import type { Cluster } from '../compile/cluster.js';

const HTTP_PORT = 80;
/** Istio's default for every cluster (mesh config's connectTimeout). */
const CONNECT_TIMEOUT_MS = 10_000;

/** The cluster of a host that the mesh doesn't know (ALLOW_ANY): the host itself, as the client named it. */
export function passthroughCluster(authority: string): Cluster {
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
