import type { Cluster } from '@bookinfo/routing';
import type { EnvoyMessage } from './message.js';
import { socketAddress } from './scalars.js';

/** envoy.config.endpoint.v3.ClusterLoadAssignment: who serves the cluster. */
export function loadAssignment({ name, endpoints }: Cluster): EnvoyMessage {
  const lb_endpoints = endpoints.map(({ address, port }) => ({
    endpoint: { address: socketAddress(address, port) },
  }));
  return { cluster_name: name, endpoints: [{ lb_endpoints }] };
}
