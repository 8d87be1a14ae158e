import { isDeepStrictEqual } from 'node:util';
import type { Client, DestinationRule, Model, Registry } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { compileClusters, type CompiledClusters } from './destination-rule/clusters.js';
import { delegatesOf } from './virtual-service/delegates.js';
import { DestinationRules } from './destination-rule/destination-rule.js';
import { gatewayRouteConfigurations } from './virtual-hosts/gateway.js';
import { keepParts } from './virtual-hosts/kept-parts.js';
import { RouteCache } from './virtual-service/route-cache.js';
import { sidecarRouteConfigurations } from './virtual-hosts/sidecar.js';
import type { LeaveOut, LeftOut } from './left-out.js';
import { visibleResources } from './virtual-hosts/visible-resources.js';

/** A compiled table, and the parts of it that a later compilation for the same client can reuse. */
export interface Compilation {
  table: RouteTable;
  registry: Registry;
  istioVersion: string;
  destinationRules: readonly DestinationRule[];
  clusters: CompiledClusters;
  routes: RouteCache;
}

/**
 * Compiles the configuration of the client's proxy, as Istio generates it. Never fails: a rule that names a missing host or
 * subset compiles, and its requests get a 503, as in a Kubernetes cluster.
 */
export function compile(model: Model, client: Client): RouteTable {
  return recompile(model, client).table;
}

/** Compiles like `compile`, and returns every rule that the client's proxy lacks, in the order in which it was left out. */
export function compileWithLeftOut(model: Model, client: Client): { table: RouteTable; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const { table } = recompile(model, client, undefined, (each) => leftOut.push(each));
  return { table, leftOut };
}

/**
 * Compiles like `compile`, and reuses the parts of an earlier compilation for an equal client whose inputs are unchanged:
 * the clusters when services and DestinationRules are, the routes of a VirtualService when it and the hash policies are.
 */
export function recompile(
  model: Model,
  client: Client,
  previous?: Compilation,
  leaveOut?: LeaveOut,
): Compilation {
  const { resources, registry, meshConfig } = model;
  const { istioVersion } = meshConfig;
  const view = registry.visibleFrom(client.namespace);
  const destinationRules = resources.filter((resource) => resource.kind === 'DestinationRule');
  const reusable =
    previous?.registry === registry && previous.istioVersion === istioVersion ? previous : undefined;
  const clusters =
    reusable && isDeepStrictEqual(reusable.destinationRules, destinationRules)
      ? reusable.clusters
      : compileClusters(view, new DestinationRules(destinationRules, client), istioVersion);
  const { hashPolicies } = clusters;
  const routes = new RouteCache(
    isDeepStrictEqual(reusable?.clusters.hashPolicies, hashPolicies) ? reusable?.routes : undefined,
  );
  const isGateway = client.kind === 'gateway';
  const routeConfigurations = (isGateway ? gatewayRouteConfigurations : sidecarRouteConfigurations)(
    visibleResources(resources, client.namespace, leaveOut),
    {
      client,
      registry: view,
      istioVersion,
      delegates: delegatesOf(resources),
      hashPolicies,
      routes,
      leaveOut,
    },
  );
  const sidecarPolicy = meshConfig.outboundTrafficPolicy === 'ALLOW_ANY' ? 'passthrough' : 'block';
  const unmatchedHost = isGateway ? 'not-found' : sidecarPolicy;
  const table = keepParts(
    { routeConfigurations, clusters: clusters.clusters, unmatchedHost },
    reusable?.table,
  );
  return { table, registry, istioVersion, destinationRules, clusters, routes };
}
