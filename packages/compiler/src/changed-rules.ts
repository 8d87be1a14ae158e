import { isDeepStrictEqual } from 'node:util';
import type { Resource, VirtualService } from '@bookinfo/rules';
import type { Route, RouteConfiguration, RouteTable } from '@bookinfo/routing';
import type { ProxyView } from './virtual-hosts/listener.js';
import { delegates } from './virtual-service/route-cache.js';
import { routesOf } from './virtual-service/routes.js';

/** A VirtualService before and after a change of its rules. */
type ChangedRules = readonly [VirtualService, VirtualService];

/**
 * Returns the VirtualServices whose rules have changed, and nothing else in the mesh; undefined for any other change. It
 * compares objects, and reads only those that differ: in a large mesh, reading every resource takes most of the time.
 */
export function changedRules(
  before: readonly Resource[],
  after: readonly Resource[],
): ChangedRules[] | undefined {
  if (before.length !== after.length) return undefined;
  const changed: ChangedRules[] = [];
  for (const [index, now] of after.entries()) {
    const old = before[index];
    if (old === now) continue;
    if (old?.kind !== 'VirtualService' || now.kind !== 'VirtualService' || !differOnlyInRules(old, now))
      return undefined;
    changed.push([old, now]);
  }
  return changed;
}

/**
 * Returns the table with the new routes of the changed rules in place of the old ones; undefined where a compilation has to
 * decide anew. That is at a gateway, which merges rules, and where a VirtualService has routes only before the change or
 * only after it: another one's may come in, or go. The virtual hosts of all others are the same objects.
 */
export function withChangedRules(
  table: RouteTable,
  changed: readonly ChangedRules[],
  view: ProxyView,
): RouteTable | undefined {
  const { client, routes } = view;
  if (client.kind === 'gateway') return changed.some(([old]) => routes.has(old)) ? undefined : table;
  const routeConfigurations = new Map<number, RouteConfiguration[]>();
  for (const [port, configurations] of table.routeConfigurations) {
    const listener = { ...view, gateway: 'mesh', port };
    const replaced = new Map<readonly Route[], readonly Route[]>();
    for (const [old, now] of changed) {
      const earlier = routes.known(old, listener);
      if (!earlier) continue;
      const current = routesOf(now, listener);
      if (earlier.length > 0 !== current.length > 0) return undefined;
      replaced.set(earlier, current);
    }
    routeConfigurations.set(
      port,
      configurations.map((each) => withReplacedRoutes(each, replaced)),
    );
  }
  return { ...table, routeConfigurations };
}

function withReplacedRoutes(
  configuration: RouteConfiguration,
  replaced: ReadonlyMap<readonly Route[], readonly Route[]>,
): RouteConfiguration {
  if (replaced.size === 0) return configuration;
  const virtualHosts = configuration.virtualHosts.map((virtualHost) => {
    const routes = replaced.get(virtualHost.routes);
    return routes ? { ...virtualHost, routes } : virtualHost;
  });
  return { ...configuration, virtualHosts };
}

/** A VirtualService without hosts is a part of those that delegate to it, and of these no routes are kept. */
function differOnlyInRules(one: VirtualService, other: VirtualService): boolean {
  return (
    one.spec.hosts.length > 0 &&
    !delegates(one) &&
    isDeepStrictEqual(one.metadata, other.metadata) &&
    isDeepStrictEqual({ ...one.spec, http: [] }, { ...other.spec, http: [] })
  );
}
