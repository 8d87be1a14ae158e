/** Something that has domains: a virtual host, or a server of HTTPS. */
interface Owner {
  readonly domains: readonly string[];
}

interface Wildcard<T> {
  /** The domain without its `*`: `.example.com` or `api.`. */
  text: string;
  owner: T;
}

const ZERO = '0'.charCodeAt(0);

/**
 * Finds virtual hosts by authority, and servers of HTTPS by SNI, which Envoy does alike. Port and case of the authority do not
 * matter. An exact domain has precedence over a wildcard, a suffix (`*.x`) over a prefix (`x.*`), a longer wildcard over a
 * shorter one, and `*` comes last (Envoy: RouteMatcher::findVirtualHost, FilterChainManagerImpl::findFilterChainForServerName).
 */
export class HostIndex<T extends Owner> {
  readonly #exact = new Map<string, T>();
  /** Longest first. */
  readonly #suffixes: Wildcard<T>[] = [];
  /** Longest first. */
  readonly #prefixes: Wildcard<T>[] = [];
  #any: T | undefined;

  constructor(owners: readonly T[]) {
    for (const owner of owners) {
      for (const domain of owner.domains) {
        if (domain === '*') this.#any ??= owner;
        else if (domain.startsWith('*')) this.#suffixes.push({ text: domain.slice(1), owner });
        else if (domain.endsWith('*')) this.#prefixes.push({ text: domain.slice(0, -1), owner });
        else if (!this.#exact.has(domain)) this.#exact.set(domain, owner);
      }
    }
    for (const wildcards of [this.#suffixes, this.#prefixes])
      wildcards.sort((a, b) => b.text.length - a.text.length);
  }

  /** Returns the owner of an authority, undefined when no domain matches. Of an empty one it is the owner of `*`. */
  find(authority: string): T | undefined {
    const host = withoutPort(authority.toLowerCase());
    return (
      this.#exact.get(host) ??
      this.#suffixes.find(({ text }) => host.length > text.length && host.endsWith(text))?.owner ??
      this.#prefixes.find(({ text }) => host.length > text.length && host.startsWith(text))?.owner ??
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
