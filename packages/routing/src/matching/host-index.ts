import type { RouteConfiguration, VirtualHost } from '../route-table/route-table.js';

interface Wildcard {
  /** The domain without its `*`: `.example.com` or `api.`. */
  text: string;
  virtualHost: VirtualHost;
}

const ZERO = '0'.charCodeAt(0);

/**
 * Finds virtual hosts by authority. Port and case of the authority do not matter. An exact domain has precedence over a
 * wildcard, a suffix (`*.x`) over a prefix (`x.*`), a longer wildcard over a shorter one, and `*` comes last (Envoy:
 * RouteMatcher::findVirtualHost).
 */
export class HostIndex {
  readonly #exact = new Map<string, VirtualHost>();
  /** Longest first. */
  readonly #suffixes: Wildcard[] = [];
  /** Longest first. */
  readonly #prefixes: Wildcard[] = [];
  #any: VirtualHost | undefined;

  constructor({ virtualHosts }: RouteConfiguration) {
    for (const virtualHost of virtualHosts) {
      for (const domain of virtualHost.domains) {
        if (domain === '*') this.#any ??= virtualHost;
        else if (domain.startsWith('*')) this.#suffixes.push({ text: domain.slice(1), virtualHost });
        else if (domain.endsWith('*')) this.#prefixes.push({ text: domain.slice(0, -1), virtualHost });
        else if (!this.#exact.has(domain)) this.#exact.set(domain, virtualHost);
      }
    }
    for (const wildcards of [this.#suffixes, this.#prefixes])
      wildcards.sort((a, b) => b.text.length - a.text.length);
  }

  /** Returns the virtual host of an authority, undefined when no domain matches. */
  find(authority: string): VirtualHost | undefined {
    const host = withoutPort(authority.toLowerCase());
    return (
      this.#exact.get(host) ??
      this.#suffixes.find(({ text }) => host.length > text.length && host.endsWith(text))?.virtualHost ??
      this.#prefixes.find(({ text }) => host.length > text.length && host.startsWith(text))?.virtualHost ??
      this.#any
    );
  }
}

/** Without a regular expression, which took longer than the rest of the look-up; this runs for every request. */
function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':');
  if (colon === -1) return authority;
  for (let index = colon + 1; index < authority.length; index += 1) {
    const digit = authority.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return authority;
  }
  return authority.slice(0, colon);
}
