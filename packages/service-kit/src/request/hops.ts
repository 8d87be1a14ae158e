/** The response header that names the service that answered, as `<app>-<version>`. */
export const VERSION_HEADER = 'x-bookinfo-version';

/** The response header that names every service that took part, in call order, separated by spaces. */
export const PATH_HEADER = 'x-bookinfo-path';

const HOP = /^[a-z][a-z0-9-]{0,62}-v[a-z0-9.-]{1,62}$/;

/** A page makes a handful of calls; more hops than this can only be a mistake or a loop, and a header has its limits. */
export const MOST_HOPS = 64;

/** Reads a {@link PATH_HEADER}; text that is no list of hops counts as none, since any server may have sent it. */
export function parseHops(header: string | string[] | undefined): string[] {
  if (typeof header !== 'string') return [];
  const hops = header.split(' ');
  return hops.length <= MOST_HOPS && hops.every((hop) => HOP.test(hop)) ? hops : [];
}
