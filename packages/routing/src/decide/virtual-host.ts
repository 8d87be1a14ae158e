import type { RouteConfiguration, VirtualHost } from '../route-table/route-table.js';

interface HostIndex {
  exact: Map<string, VirtualHost>;
  /** `*.domain`, as `.domain`; longest first. */
  suffixes: { text: string; virtualHost: VirtualHost }[];
  /** `domain.*`, as `domain.`; longest first. */
  prefixes: { text: string; virtualHost: VirtualHost }[];
  any: VirtualHost | undefined;
}

const ZERO = '0'.charCodeAt(0);

const indexes = new WeakMap<RouteConfiguration, HostIndex>();

/**
 * The virtual host of an authority, whose port and case do not count. An exact domain wins over a wildcard, a suffix
 * (`*.x`) over a prefix (`x.*`), a longer one over a shorter, and `*` is last, as in Envoy.
 */
export function findVirtualHost(
  routeConfiguration: RouteConfiguration,
  authority: string,
): VirtualHost | undefined {
  let index = indexes.get(routeConfiguration);
  if (!index) indexes.set(routeConfiguration, (index = indexHosts(routeConfiguration)));
  const host = withoutPort(authority.toLowerCase());
  return (
    index.exact.get(host) ??
    index.suffixes.find(({ text }) => host.length > text.length && host.endsWith(text))?.virtualHost ??
    index.prefixes.find(({ text }) => host.length > text.length && host.startsWith(text))?.virtualHost ??
    index.any
  );
}

/** By hand, since it runs for every request: a regular expression took longer than the rest of the search. */
function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':');
  if (colon === -1) return authority;
  for (let index = colon + 1; index < authority.length; index += 1) {
    const digit = authority.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return authority;
  }
  return authority.slice(0, colon);
}

function indexHosts({ virtualHosts }: RouteConfiguration): HostIndex {
  const index: HostIndex = { exact: new Map(), suffixes: [], prefixes: [], any: undefined };
  for (const virtualHost of virtualHosts) {
    for (const domain of virtualHost.domains) {
      if (domain === '*') index.any ??= virtualHost;
      else if (domain.startsWith('*')) index.suffixes.push({ text: domain.slice(1), virtualHost });
      else if (domain.endsWith('*')) index.prefixes.push({ text: domain.slice(0, -1), virtualHost });
      else if (!index.exact.has(domain)) index.exact.set(domain, virtualHost);
    }
  }
  for (const wildcards of [index.suffixes, index.prefixes])
    wildcards.sort((a, b) => b.text.length - a.text.length);
  return index;
}
