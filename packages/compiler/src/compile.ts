import { isDeepStrictEqual } from 'node:util';
import type { Client, DestinationRule, Model, RegisteredService, Registry } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { changedRules, withChangedRules } from './changed-rules.js';
import { compileClusters, type CompiledClusters } from './destination-rule/clusters.js';
import { delegatesOf } from './virtual-service/delegates.js';
import { DestinationRules } from './destination-rule/destination-rule.js';
import { gatewayRouteConfigurations } from './virtual-hosts/gateway.js';
import { Imports } from './virtual-hosts/imports.js';
import { keepParts } from './virtual-hosts/kept-parts.js';
import { RouteCache } from './virtual-service/route-cache.js';
import type { ProxyView } from './virtual-hosts/listener.js';
import { lackedServices } from './virtual-hosts/service-addresses.js';
import { sidecarRouteConfigurations } from './virtual-hosts/sidecar.js';
import type { LeaveOut, LeftOut } from './left-out.js';
import { tracingSettings } from './tracing-settings.js';
import { visibleResources } from './virtual-hosts/visible-resources.js';

/** A compiled table, and what a later compilation for the same client can reuse. */
export interface Compilation {
  table: RouteTable;
  /** The model that it was compiled from. */
  model: Model;
  destinationRules: readonly DestinationRule[];
  clusters: CompiledClusters;
  view: ProxyView;
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
 * the clusters when services, DestinationRules and the client's Sidecar are, the routes of a VirtualService when it and the
 * hash policies are, and all but the changed rules when nothing else than rules of VirtualServices has changed.
 */
export function recompile(
  model: Model,
  client: Client,
  previous?: Compilation,
  leaveOut?: LeaveOut,
): Compilation {
  const changedTable = previous && !leaveOut && tableWithChangedRules(model, previous);
  return changedTable
    ? { ...previous, model, table: changedTable }
    : compileAnew(model, client, previous, leaveOut);
}

function tableWithChangedRules(model: Model, { model: earlier, table, view }: Compilation) {
  const hasSameServices = earlier.registry === model.registry;
  if (!hasSameServices || !isDeepStrictEqual(earlier.meshConfig, model.meshConfig)) return undefined;
  const changed = changedRules(earlier.resources, model.resources);
  return changed && withChangedRules(table, changed, view);
}

function compileAnew(
  model: Model,
  client: Client,
  previous: Compilation | undefined,
  leaveOut: LeaveOut | undefined,
): Compilation {
  const { resources, registry, meshConfig } = model;
  const { istioVersion } = meshConfig;
  const visible = registry.visibleFrom(client.namespace);
  const imports = new Imports(resources, client);
  const sidecar = imports.sidecar?.spec;
  const imported = sidecar ? visible.where((service) => imports.includes(service)) : visible;
  const outboundMode = sidecar?.outboundTrafficPolicy?.mode ?? meshConfig.outboundTrafficPolicy;
  const sidecarPolicy = outboundMode === 'ALLOW_ANY' ? 'passthrough' : 'block';
  const isGateway = client.kind === 'gateway';
  const unmatchedHost = isGateway ? 'not-found' : sidecarPolicy;
  const lacked = unmatchedHost === 'passthrough' ? lackedServices(registry, imported) : [];
  const destinationRules = resources.filter((resource) => resource.kind === 'DestinationRule');
  const isReusable =
    previous?.model.registry === registry &&
    previous.view.istioVersion === istioVersion &&
    previous.table.unmatchedHost === unmatchedHost &&
    isDeepStrictEqual(previous.view.imports.sidecar?.spec, sidecar);
  const reusable = isReusable ? previous : undefined;
  const clusters =
    reusable && isDeepStrictEqual(reusable.destinationRules, destinationRules)
      ? reusable.clusters
      : compileClusters(
          possibleDestinations(imported, visible),
          lacked,
          new DestinationRules(destinationRules, client),
          istioVersion,
        );
  const { hashPolicies } = clusters;
  const routes =
    reusable && isDeepStrictEqual(reusable.clusters.hashPolicies, hashPolicies)
      ? reusable.view.routes
      : new RouteCache();
  const view: ProxyView = {
    client,
    registry: imported,
    visible,
    imports,
    lacked,
    istioVersion,
    delegates: delegatesOf(resources),
    hashPolicies,
    routes,
    leaveOut,
  };
  const routeConfigurations = (isGateway ? gatewayRouteConfigurations : sidecarRouteConfigurations)(
    visibleResources(resources, client.namespace, leaveOut),
    view,
  );
  const tracing = tracingSettings(resources, client);
  const table = keepParts(
    { routeConfigurations, clusters: clusters.clusters, unmatchedHost, ...(tracing && { tracing }) },
    reusable?.table,
  );
  return { table, model, destinationRules, clusters, view };
}

/**
 * Returns the services that clusters are for. Rules that a sidecar has may send to services that it does not import
 * (istio/istio pilot/pkg/model/sidecar.go, collectImportedServices); a cluster that no rule names has no effect.
 */
function possibleDestinations(imported: Registry, visible: Registry): readonly RegisteredService[] {
  if (imported === visible) return visible.services;
  const hosts = new Set(imported.services.map(({ host }) => host));
  return [...imported.services, ...visible.where(({ host }) => !hosts.has(host)).services];
}
