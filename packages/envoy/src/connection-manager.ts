import { SERVER_NAME } from '@bookinfo/routing';
import { ACCESS_LOG } from './access-log.js';
import { HTTP_FILTERS } from './http-filters.js';
import type { ListenerOptions } from './listener-options.js';
import { extension, configSource, type EnvoyMessage } from './protobuf-json.js';
import { ROUTE_CONFIGURATION } from './route-configuration.js';
import { tracingMessage } from './tracing.js';

/** Returns the field of a connection manager whose routes are in the given file. */
export function routesIn(routesFile: string, name = ROUTE_CONFIGURATION): EnvoyMessage {
  return { rds: { route_config_name: name, config_source: configSource(routesFile) } };
}

/**
 * The filter that routes HTTP requests, with the settings that Istio gives every listener
 * (envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager).
 *
 * @param statPrefix the part of the names of its statistics that follows `http.`
 * @param routes the field `rds` or `route_config`
 */
export function connectionManager(
  statPrefix: string,
  { role, hasAccessLog, tracing }: Pick<ListenerOptions, 'role' | 'hasAccessLog' | 'tracing'>,
  routes: EnvoyMessage,
): EnvoyMessage {
  return extension(
    'envoy.filters.network.http_connection_manager',
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: statPrefix,
      ...routes,
      http_filters: HTTP_FILTERS,
      access_log: hasAccessLog ? [ACCESS_LOG] : [],
      tracing: tracing && tracingMessage(tracing),
      server_name: SERVER_NAME,
      use_remote_address: role === 'gateway',
      // Istio's default path normalization, BASE.
      normalize_path: true,
      path_with_escaped_slashes_action: 'KEEP_UNCHANGED',
      stream_idle_timeout: '0s',
      upgrade_configs: [{ upgrade_type: 'websocket' }],
    },
  );
}
