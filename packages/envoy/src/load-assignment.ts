import type { Cluster } from '@bookinfo/routing';
import { socketAddress, type EnvoyMessage } from './protobuf-json.js';

/** envoy.config.endpoint.v3.ClusterLoadAssignment: the endpoints of a cluster. */
export function loadAssignment({ name, endpoints }: Cluster): EnvoyMessage {
  const lb_endpoints = endpoints.map(({ address, port, weight }) => ({
    endpoint: { address: socketAddress(address, port) },
    load_balancing_weight: weight,
  }));
  return { cluster_name: name, endpoints: [{ lb_endpoints }] };
}
