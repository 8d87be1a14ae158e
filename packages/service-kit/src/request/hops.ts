const HOP = /^[a-z][a-z0-9-]{0,62}-v[a-z0-9.-]{1,62}$/;

/** A page makes a handful of calls; more hops than this can only be a mistake or a loop, and a header has its limits. */
export const MOST_HOPS = 64;

/** Reads an x-bookinfo-path header; text that is no list of hops counts as none, since any server may have sent it. */
export function parseHops(header: string | string[] | undefined): string[] {
  if (typeof header !== 'string') return [];
  const hops = header.split(' ');
  return hops.length <= MOST_HOPS && hops.every((hop) => HOP.test(hop)) ? hops : [];
}
