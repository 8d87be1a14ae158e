import { SERVER_NAME } from '@bookinfo/routing';
import { ACCESS_LOG } from './access-log.js';
import { HTTP_FILTERS } from './http-filters.js';
import type { ListenerOptions } from './listener-options.js';
import { extension, configSource, socketAddress, type EnvoyMessage } from './protobuf-json.js';
import { ROUTE_CONFIGURATION } from './route-configuration.js';

/**
 * envoy.config.listener.v3.Listener: the only listener of a proxy, with the settings that Istio gives every listener.
 *
 * @param routesFile the path of the file with the route configuration
 */
export function listenerMessage(
  { role, address, port, hasAccessLog }: ListenerOptions,
  routesFile: string,
): EnvoyMessage {
  const connectionManager = extension(
    'envoy.filters.network.http_connection_manager',
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: role,
      rds: {
        route_config_name: ROUTE_CONFIGURATION,
        config_source: configSource(routesFile),
      },
      http_filters: HTTP_FILTERS,
      access_log: hasAccessLog ? [ACCESS_LOG] : [],
      server_name: SERVER_NAME,
      use_remote_address: role === 'gateway',
      // Istio's default path normalization, BASE.
      normalize_path: true,
      path_with_escaped_slashes_action: 'KEEP_UNCHANGED',
      stream_idle_timeout: '0s',
      upgrade_configs: [{ upgrade_type: 'websocket' }],
    },
  );
  return {
    name: role,
    address: socketAddress(address, port),
    filter_chains: [{ filters: [connectionManager] }],
    // With SO_REUSEPORT a second Envoy could bind the same port and would get a part of the requests.
    enable_reuse_port: false,
  };
}
