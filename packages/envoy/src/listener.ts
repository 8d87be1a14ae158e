import { connectionManager, routesOfTable } from './connection-manager.js';
import type { ListenerOptions } from './listener-options.js';
import { socketAddress, type EnvoyMessage } from './protobuf-json.js';

/**
 * envoy.config.listener.v3.Listener for clients that name the host in the request: those of a gateway, and those with HTTP_PROXY.
 *
 * @param routesFile the path of the file with the route configuration
 */
export function listenerMessage(options: ListenerOptions, routesFile: string): EnvoyMessage {
  const { role, address, port } = options;
  return {
    name: role,
    address: socketAddress(address, port),
    filter_chains: [{ filters: [connectionManager(role, options, routesOfTable(routesFile))] }],
    // With SO_REUSEPORT a second Envoy could bind the same port and would get a part of the requests.
    enable_reuse_port: false,
  };
}
