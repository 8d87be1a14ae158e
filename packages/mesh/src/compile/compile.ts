import { compileClusters } from './clusters.js';
import { gatewayVirtualHosts } from './gateway.js';
import type { Client, Model } from './model.js';
import type { RouteTable } from './route-table.js';
import { sidecarVirtualHosts } from './sidecar.js';

/** The default ingress gateway and Istio's root namespace, both `istio-system`. */
const GATEWAY_NAMESPACE = 'istio-system';

/**
 * What the client's proxy needs to know, as Istio would configure it. Never fails: a rule that names a host or a
 * subset that does not exist compiles, and its requests are answered 503, as in a cluster.
 */
export function compile(model: Model, client: Client): RouteTable {
  return client.kind === 'sidecar'
    ? {
        virtualHosts: sidecarVirtualHosts(model, client.namespace),
        clusters: compileClusters(model, client.namespace),
        unmatchedHost: 'passthrough',
      }
    : {
        virtualHosts: gatewayVirtualHosts(model, client.labels),
        clusters: compileClusters(model, GATEWAY_NAMESPACE),
        unmatchedHost: 'not-found',
      };
}
