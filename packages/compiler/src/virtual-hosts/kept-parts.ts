import { isDeepStrictEqual } from 'node:util';
import type { RouteConfiguration, RouteTable, VirtualHost } from '@bookinfo/routing';

/**
 * Returns the table with every part that is unchanged since an earlier one taken from there: virtual hosts, the route
 * configurations of a port, the table itself. What is derived from a part, such as an index, stays valid as long as the same
 * object.
 */
export function keepParts(table: RouteTable, previous: RouteTable | undefined): RouteTable {
  if (!previous) return table;
  const routeConfigurations = new Map(
    Array.from(table.routeConfigurations, ([port, configurations]) => {
      const earlier = new Map(previous.routeConfigurations.get(port)?.map((one) => [one.name, one]));
      return [port, configurations.map((one) => keepConfiguration(one, earlier.get(one.name)))];
    }),
  );
  const isSame =
    table.clusters === previous.clusters &&
    table.unmatchedHost === previous.unmatchedHost &&
    isDeepStrictEqual(table.tracing, previous.tracing) &&
    areSame([...routeConfigurations.values()].flat(), [...previous.routeConfigurations.values()].flat());
  return isSame ? previous : { ...table, routeConfigurations };
}

function keepConfiguration(
  configuration: RouteConfiguration,
  previous: RouteConfiguration | undefined,
): RouteConfiguration {
  if (!previous) return configuration;
  const earlier = new Map(previous.virtualHosts.map((virtualHost) => [virtualHost.name, virtualHost]));
  const virtualHosts = configuration.virtualHosts.map((virtualHost) => {
    const same = earlier.get(virtualHost.name);
    return same && isSameHost(virtualHost, same) ? same : virtualHost;
  });
  return areSame(configuration.serverNames ?? [], previous.serverNames ?? []) &&
    areSame(virtualHosts, previous.virtualHosts)
    ? previous
    : { ...configuration, virtualHosts };
}

function isSameHost(one: VirtualHost, other: VirtualHost): boolean {
  return areSame(one.routes, other.routes) && areSame(one.domains, other.domains);
}

function areSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return (
    some === others || (some.length === others.length && some.every((one, index) => one === others[index]))
  );
}
