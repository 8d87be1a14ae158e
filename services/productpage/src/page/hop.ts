/** A service that took part in a response. */
export interface Hop {
  app: string;
  version: string;
}

/** Splits a hop of the x-bookinfo-path header, as `reviews-v3`, into app and version. */
export function toHop(hop: string): Hop {
  const dash = hop.indexOf('-v');
  return { app: hop.slice(0, dash), version: hop.slice(dash + 1) };
}
