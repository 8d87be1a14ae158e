import { LOOPBACK } from '@bookinfo/effects';
import { extension, socketAddress, type EnvoyMessage } from './protobuf-json.js';

/** The ports of Istio's sidecar for its admin endpoint, on the loopback address, and for its statistics. */
export const ADMIN_PORT = 15_000;
export const STATISTICS_PORT = 15_090;
const STATISTICS_PATH = '/stats/prometheus';
const CLUSTER = 'admin';

/**
 * Returns the static resources that lead to the admin endpoint: all of it through a Unix socket, which the control plane shares a
 * folder with, and the statistics for Prometheus on a port of the pod.
 */
export function adminResources(socket: string): { clusters: EnvoyMessage[]; listeners: EnvoyMessage[] } {
  return {
    clusters: [
      {
        name: CLUSTER,
        type: 'STATIC',
        load_assignment: {
          cluster_name: CLUSTER,
          endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(LOOPBACK, ADMIN_PORT) } }] }],
        },
      },
    ],
    listeners: [
      adminListener('statistics', socketAddress('0.0.0.0', STATISTICS_PORT), { path: STATISTICS_PATH }),
      // Only the owner may connect.
      adminListener('admin', { pipe: { path: socket, mode: 0o600 } }, { prefix: '/' }),
    ],
  };
}

function adminListener(name: string, address: EnvoyMessage, match: EnvoyMessage): EnvoyMessage {
  return {
    name,
    address,
    filter_chains: [
      {
        filters: [
          extension(
            'envoy.filters.network.http_connection_manager',
            'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
            {
              stat_prefix: name,
              route_config: {
                virtual_hosts: [
                  { name, domains: ['*'], routes: [{ match, route: { cluster: CLUSTER, timeout: '0s' } }] },
                ],
              },
              http_filters: [
                extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router'),
              ],
            },
          ),
        ],
      },
    ],
  };
}
