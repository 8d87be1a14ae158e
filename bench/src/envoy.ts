import { spawnSync } from 'node:child_process';
import { startProgram, type Program } from './program.ts';

/** Envoy with one worker and the route table of sidecar-program.ts; undefined when there is none to be found. */
export async function startEnvoy(port: number, backendPort: number): Promise<Program | undefined> {
  const envoy = process.env['ENVOY_PATH'] ?? 'envoy';
  if (spawnSync(envoy, ['--version']).error) return undefined;
  const config = JSON.stringify(envoyConfig(port, backendPort));
  const quiet = ['--disable-hot-restart', '--log-level', 'off'];
  return await startProgram(
    port,
    'envoy',
    ['--concurrency', '1', ...quiet, '--config-yaml', config],
    {},
    envoy,
  );
}

/** What Istio gives a sidecar for one Service: the names, the filters and the header that tells the try. */
function envoyConfig(port: number, backendPort: number): object {
  const cluster = 'outbound|9080||details.default.svc.cluster.local';
  return {
    static_resources: {
      listeners: [
        {
          name: 'outbound',
          address: loopback(port),
          filter_chains: [{ filters: [connectionManager(cluster)] }],
        },
      ],
      clusters: [
        {
          name: cluster,
          type: 'STATIC',
          connect_timeout: '10s',
          lb_policy: 'LEAST_REQUEST',
          load_assignment: {
            cluster_name: cluster,
            endpoints: [{ lb_endpoints: [{ endpoint: { address: loopback(backendPort) } }] }],
          },
        },
      ],
    },
  };
}

function connectionManager(cluster: string): object {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': type('network.http_connection_manager.v3.HttpConnectionManager'),
      stat_prefix: 'outbound',
      server_name: 'istio-envoy',
      normalize_path: true,
      http_protocol_options: { allow_absolute_url: true },
      route_config: {
        name: '9080',
        ignore_port_in_host_matching: true,
        virtual_hosts: [
          {
            name: 'details.default.svc.cluster.local:9080',
            domains: [
              'details',
              'details.default',
              'details.default.svc',
              'details.default.svc.cluster.local',
            ],
            include_request_attempt_count: true,
            routes: [
              { match: { prefix: '/' }, route: { cluster, timeout: '0s', retry_policy: RETRY_POLICY } },
            ],
          },
        ],
      },
      http_filters: [filter('fault', 'HTTPFault'), filter('cors', 'Cors'), filter('router', 'Router')],
    },
  };
}

/** Istio's default. */
const RETRY_POLICY = {
  retry_on: 'connect-failure,refused-stream,unavailable,cancelled',
  num_retries: 2,
  retry_host_predicate: [
    {
      name: 'envoy.retry_host_predicates.previous_hosts',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
      },
    },
  ],
  host_selection_retry_max_attempts: '5',
};

function filter(name: string, message: string): object {
  return {
    name: `envoy.filters.http.${name}`,
    typed_config: { '@type': type(`http.${name}.v3.${message}`) },
  };
}

function type(filterMessage: string): string {
  return `type.googleapis.com/envoy.extensions.filters.${filterMessage}`;
}

function loopback(port: number): object {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}
