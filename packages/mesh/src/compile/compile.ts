import { withModernResources } from '../legacy/modern-resources.js';
import { compileClusters } from './clusters.js';
import { DestinationRules } from './destination-rule.js';
import { gatewayRouteConfigurations } from './gateway.js';
import type { Client, Model } from './model.js';
import type { RouteTable } from './route-table.js';
import { sidecarRouteConfigurations } from './sidecar.js';

/**
 * What the client's proxy needs to know, as Istio would configure it. Never fails: a rule that names a host or a
 * subset that does not exist compiles, and its requests are answered 503, as in a cluster.
 */
export function compile(mesh: Model, client: Client): RouteTable {
  const resources = withModernResources(mesh.resources);
  const model = { ...mesh, resources, registry: mesh.registry.visibleFrom(client.namespace) };
  const destinationRules = new DestinationRules(model.resources, client.namespace);
  const clusters = compileClusters(model, destinationRules);
  if (client.kind === 'gateway') {
    const routeConfigurations = gatewayRouteConfigurations(model, client);
    return { routeConfigurations, clusters, unmatchedHost: 'not-found' };
  }
  return {
    routeConfigurations: sidecarRouteConfigurations(model, client),
    clusters,
    unmatchedHost: model.meshConfig.outboundTrafficPolicy === 'ALLOW_ANY' ? 'passthrough' : 'block',
  };
}
