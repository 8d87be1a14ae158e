const HOP = /^[a-z][a-z0-9-]{0,62}-v[a-z0-9.-]{1,62}$/;

/** Limit of the hops in an x-bookinfo-path header. A page makes a handful of calls; more hops mean a loop. */
export const MAX_HOPS = 64;

/** Returns the hops of an x-bookinfo-path header; none for any other text, since any server may have sent it. */
export function parseHops(header: string | string[] | undefined): string[] {
  if (typeof header !== 'string') return [];
  const hops = header.split(' ');
  return hops.length <= MAX_HOPS && hops.every((hop) => HOP.test(hop)) ? hops : [];
}
