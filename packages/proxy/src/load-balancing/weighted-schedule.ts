import type { Endpoint } from '@bookinfo/routing';

interface Entry {
  readonly endpoint: Endpoint;
  deadline: number;
}

/**
 * Picks endpoints by their weights: the one with the earliest deadline is next, and gets a new deadline that is the nearer
 * the more it weighs (Envoy: edf_scheduler.h).
 */
export class WeightedSchedule {
  /** In the order in which their deadlines were set. */
  #entries: Entry[];

  /** There is at least one endpoint. */
  constructor(endpoints: readonly Endpoint[], weightOf: (endpoint: Endpoint) => number) {
    this.#entries = endpoints.map((endpoint) => ({ endpoint, deadline: 1 / weightOf(endpoint) }));
  }

  /** Returns the next endpoint; `weightOf` returns its weight for the turn after this one. */
  next(weightOf: (endpoint: Endpoint) => number): Endpoint | undefined {
    const [first, ...others] = this.#entries;
    if (!first) return undefined;
    const next = others.reduce((best, entry) => (entry.deadline < best.deadline ? entry : best), first);
    next.deadline += 1 / weightOf(next.endpoint);
    this.#entries = [...this.#entries.filter((entry) => entry !== next), next];
    return next.endpoint;
  }
}

/** Returns true when endpoints have different weights; a schedule for others would be a mere rotation. */
export function differInWeight(endpoints: readonly Endpoint[]): boolean {
  const [first] = endpoints;
  return endpoints.some(({ weight = 1 }) => weight !== (first?.weight ?? 1));
}
