import { inboundTable, type RouteTable } from '@bookinfo/routing';
import { connectionManager, routesIn } from './connection-manager.js';
import type { ListenerOptions } from './listener-options.js';
import { BLACK_HOLE, INBOUND_PASSTHROUGH, TCP_PASSTHROUGH } from './passthrough-clusters.js';
import { extension, socketAddress, type EnvoyMessage } from './protobuf-json.js';
import { routeConfiguration } from './route-configuration.js';

/** The ports that Istio's packet filter redirects outgoing and incoming connections to. */
export const OUTBOUND_PORT = 15_001;
export const INBOUND_PORT = 15_006;

/**
 * Returns the listeners of a pod whose connections the packet filter redirects, under Istio's names. The original destination
 * selects the filter chain: a port of the table is HTTP, as is the application's. Everything else, such as a database, is
 * forwarded byte by byte without waiting for the client, since there the server may be the first to speak.
 *
 * @param routesFile the path of the file with the route configuration
 */
export function capturedListeners(
  table: RouteTable,
  options: ListenerOptions & { inboundPort: number },
  routesFile: string,
): EnvoyMessage[] {
  const { inboundPort, role } = options;
  const outbound = connectionManager(role, options, routesIn(routesFile));
  const inbound = connectionManager(`inbound_0.0.0.0_${inboundPort}`, options, {
    route_config: routeConfiguration(inboundTable(inboundPort), inboundPort, `inbound|${inboundPort}||`),
  });
  return [
    {
      ...capturedListener('virtualOutbound', OUTBOUND_PORT, 'OUTBOUND'),
      filter_chains: [
        blackHole(OUTBOUND_PORT),
        ...Array.from(table.routeConfigurations.keys(), (port) => filterChain(String(port), port, outbound)),
      ],
      default_filter_chain: filterChain(
        'virtualOutbound-catchall-tcp',
        undefined,
        tcpProxy(table.unmatchedHost === 'passthrough' ? TCP_PASSTHROUGH : BLACK_HOLE),
      ),
    },
    {
      ...capturedListener('virtualInbound', INBOUND_PORT, 'INBOUND'),
      filter_chains: [blackHole(INBOUND_PORT), filterChain(`0.0.0.0_${inboundPort}`, inboundPort, inbound)],
      default_filter_chain: filterChain(
        'virtualInbound-catchall-tcp',
        undefined,
        tcpProxy(INBOUND_PASSTHROUGH),
      ),
    },
  ];
}

function capturedListener(name: string, port: number, direction: 'OUTBOUND' | 'INBOUND'): EnvoyMessage {
  return {
    name,
    address: socketAddress('0.0.0.0', port),
    traffic_direction: direction,
    listener_filters: [
      extension(
        'envoy.filters.listener.original_dst',
        'envoy.extensions.filters.listener.original_dst.v3.OriginalDst',
      ),
    ],
    enable_reuse_port: false,
  };
}

/** Connections to the listener's own port, past the packet filter, would be forwarded to it for ever. */
function blackHole(port: number): EnvoyMessage {
  return filterChain(`virtual-blackhole-${port}`, port, tcpProxy(BLACK_HOLE));
}

function filterChain(name: string, port: number | undefined, filter: EnvoyMessage): EnvoyMessage {
  return {
    name,
    ...(port !== undefined && { filter_chain_match: { destination_port: port } }),
    filters: [filter],
  };
}

function tcpProxy(cluster: string): EnvoyMessage {
  return extension(
    'envoy.filters.network.tcp_proxy',
    'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
    { stat_prefix: cluster, cluster },
  );
}
