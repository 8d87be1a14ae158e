/** What one proxy made of one case. */
export interface Observed {
  /** Statuses in their order. */
  statuses: readonly number[];
  isClosed: boolean;
  /** The complete requests that the backend received; or, for a backend's responses, what the client got. */
  seen: readonly string[];
}

/** A case and what both proxies made of it. */
export interface Compared {
  group: string;
  name: string;
  bytes: string;
  embedded: Observed;
  envoy: Observed;
}

/** Checks whether both proxies sent the same statuses and requests. */
export function isSame({ embedded, envoy }: Compared): boolean {
  return (
    embedded.statuses.join() === envoy.statuses.join() &&
    embedded.seen.join('\n') === envoy.seen.join('\n') &&
    (embedded.isClosed === envoy.isClosed || embedded.statuses.length > 0)
  );
}
