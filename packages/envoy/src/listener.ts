import { type ProxyRole, SERVER_NAME } from '@bookinfo/routing';
import { fromFile } from './config-source.js';
import { ACCESS_LOG } from './access-log.js';
import { HTTP_FILTERS } from './http-filters.js';
import { extension, type EnvoyMessage } from './message.js';
import { ROUTE_CONFIGURATION } from './route-configuration.js';
import { socketAddress } from './scalars.js';

/** Where a proxy listens, and for whom. */
export interface ListenerOptions {
  /** A gateway tells backends who the client was (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  address: string;
  /** 0 for any that is free. */
  port: number;
  /** Whether each request is logged on standard output, in Istio's format. */
  hasAccessLog: boolean;
}

/**
 * The one listener of a proxy (envoy.config.listener.v3.Listener), with what Istio sets on each of its own.
 *
 * @param routesFile where Envoy finds the route configuration
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
        config_source: fromFile(routesFile),
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
    // Else a second Envoy could listen on the same port, and each would get some of the requests.
    enable_reuse_port: false,
  };
}
