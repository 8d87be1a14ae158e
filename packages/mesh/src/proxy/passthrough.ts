import type { Cluster } from '../compile/route-table.js';

const HTTP_PORT = 80;
/** Istio's default for every cluster (mesh config's connectTimeout). */
const CONNECT_TIMEOUT_MS = 10_000;

/** The cluster of a host that the mesh doesn't know (ALLOW_ANY): the host itself, as the client named it. */
export function passthroughCluster(authority: string): Cluster {
  const { hostname, port } = new URL(`http://${authority}`);
  return {
    name: 'PassthroughCluster',
    lbPolicy: 'RANDOM',
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    endpoints: [
      {
        address: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? HTTP_PORT : Number(port),
        pod: authority,
      },
    ],
  };
}
