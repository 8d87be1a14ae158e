/** One service that took part in the answer. */
export interface Hop {
  app: string;
  version: string;
}

/** Splits a hop, as `reviews-v3` of the x-bookinfo-path header, in two. */
export function toHop(hop: string): Hop {
  const dash = hop.indexOf('-v');
  return { app: hop.slice(0, dash), version: hop.slice(dash + 1) };
}
