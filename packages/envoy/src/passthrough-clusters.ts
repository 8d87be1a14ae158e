import { CONNECT_TIMEOUT_MS, INBOUND_SOURCE_ADDRESS } from '@bookinfo/routing';
import { duration, type EnvoyMessage } from './protobuf-json.js';

export const TCP_PASSTHROUGH = 'PassthroughClusterTcp';
export const INBOUND_PASSTHROUGH = 'InboundPassthroughCluster';
export const BLACK_HOLE = 'BlackHoleCluster';

/**
 * The clusters of a captured pod beside those of its table: the original destination of a connection, that destination reached
 * from the address that is not redirected again, and none. `PassthroughCluster`, for requests, takes the destination from
 * the Host header, as with HTTP_PROXY.
 */
export const PASSTHROUGH_CLUSTERS: readonly EnvoyMessage[] = [
  originalDestination(TCP_PASSTHROUGH),
  {
    ...originalDestination(INBOUND_PASSTHROUGH),
    upstream_bind_config: { source_address: { address: INBOUND_SOURCE_ADDRESS, port_value: 0 } },
  },
  { name: BLACK_HOLE, type: 'STATIC', connect_timeout: duration(CONNECT_TIMEOUT_MS) },
];

function originalDestination(name: string): EnvoyMessage {
  return {
    name,
    type: 'ORIGINAL_DST',
    lb_policy: 'CLUSTER_PROVIDED',
    connect_timeout: duration(CONNECT_TIMEOUT_MS),
  };
}
