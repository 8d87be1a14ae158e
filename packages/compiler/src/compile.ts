import { delegatesOf } from './delegates.js';
import { gatewayRouteConfigurations } from './gateway.js';
import { withHashPolicies } from './hash-policies.js';
import type { MeshConfig, Client, Model } from '@bookinfo/rules';
import { rememberedClusters } from './remembered-clusters.js';
import type { RouteTable } from '@bookinfo/routing';
import { sidecarRouteConfigurations } from './sidecar.js';
import { visibleResources } from './visible-resources.js';

/**
 * What the client's proxy needs to know, as Istio would configure it. Never fails: a rule that names a host or a
 * subset that does not exist compiles, and its requests are answered 503, as in a cluster.
 */
export function compile(mesh: Model, client: Client): RouteTable {
  const all = mesh.resources;
  const registry = mesh.registry.visibleFrom(client.namespace);
  const { istioVersion } = mesh.meshConfig;
  const { clusters, hashPolicies } = rememberedClusters(all, registry, client.namespace, istioVersion);
  const isGateway = client.kind === 'gateway';
  const configurations = (isGateway ? gatewayRouteConfigurations : sidecarRouteConfigurations)(
    visibleResources(all, client.namespace),
    { client, registry, istioVersion, delegates: delegatesOf(all) },
  );
  return {
    routeConfigurations: withHashPolicies(configurations, hashPolicies),
    clusters,
    unmatchedHost: isGateway ? 'not-found' : unmatchedHost(mesh.meshConfig),
  };
}

function unmatchedHost({ outboundTrafficPolicy }: MeshConfig): RouteTable['unmatchedHost'] {
  return outboundTrafficPolicy === 'ALLOW_ANY' ? 'passthrough' : 'block';
}
