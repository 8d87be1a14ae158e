import { connectionManager, routesIn } from './connection-manager.js';
import type { ListenerOptions } from './listener-options.js';
import { extension, socketAddress, type EnvoyMessage } from './protobuf-json.js';
import { ROUTE_CONFIGURATION, type SecureServer } from './route-configuration.js';

/**
 * envoy.config.listener.v3.Listener for clients that name the host in the request: those of a gateway, and those with HTTP_PROXY.
 *
 * @param servers those of a listener of HTTPS, undefined for one of HTTP
 * @param routesAt returns the path of the file with a route configuration
 */
export function listenerMessage(
  options: ListenerOptions,
  servers: readonly SecureServer[] | undefined,
  routesAt: (name: string) => string,
): EnvoyMessage {
  const { role, address, port } = options;
  const filters = (name: string): EnvoyMessage[] => [
    connectionManager(role, options, routesIn(routesAt(name), name)),
  ];
  return {
    name: role,
    address: socketAddress(address, port),
    traffic_direction: 'OUTBOUND',
    filter_chains: servers?.map((server) => secureChain(server, filters)) ?? [
      { filters: filters(ROUTE_CONFIGURATION) },
    ],
    // It reads the server name, by which a filter chain is chosen.
    ...(servers && { listener_filters: [TLS_INSPECTOR] }),
    // With SO_REUSEPORT a second Envoy could bind the same port and would get a part of the requests.
    enable_reuse_port: false,
  };
}

const TLS_INSPECTOR = extension(
  'envoy.filters.listener.tls_inspector',
  'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
);

/** Closes every connection: there is no such cluster. */
const NO_CLUSTER = extension(
  'envoy.filters.network.tcp_proxy',
  'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
  { stat_prefix: 'no_certificate', cluster: 'BlackHoleCluster' },
);

/** envoy.config.listener.v3.FilterChain of a server of HTTPS; `*` among its names means every client. */
function secureChain(
  { serverNames, certificate, routes }: SecureServer,
  filters: (name: string) => EnvoyMessage[],
): EnvoyMessage {
  const match = serverNames.includes('*') ? {} : { server_names: serverNames };
  const filter_chain_match = { transport_protocol: 'tls', ...match };
  if (!certificate) return { filter_chain_match, filters: [NO_CLUSTER] };
  const context = {
    common_tls_context: {
      alpn_protocols: ['http/1.1'],
      // Istio's gateways refuse older versions.
      tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
      tls_certificates: [
        {
          certificate_chain: { inline_string: certificate.cert },
          private_key: { inline_string: certificate.key },
        },
      ],
    },
  };
  const transport_socket = extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
    context,
  );
  return { filter_chain_match, transport_socket, filters: filters(routes.name) };
}
