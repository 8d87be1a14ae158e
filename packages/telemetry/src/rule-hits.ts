import type { RuleSource } from '@bookinfo/routing';
import type { Origin } from '@bookinfo/text';

interface Hits {
  resource: string;
  origin: Origin;
  hits: number;
  /** False once the resource has changed. */
  isCurrent: boolean;
}

/** How many requests have met each rule, since its resource was changed. */
export class RuleHits {
  readonly #ofRule = new WeakMap<RuleSource, Hits>();
  /** By resource, then by position: the tables of several proxies have a rule each. */
  readonly #resources = new Map<string, Map<string, Hits>>();

  /** Counts a request for the rule, and for the one that delegates to it. */
  count(rule: RuleSource): void {
    let hits = this.#ofRule.get(rule);
    if (!hits?.isCurrent) {
      hits = this.#hitsOf(rule);
      this.#ofRule.set(rule, hits);
    }
    hits.hits += 1;
    if (rule.delegatedBy) this.count(rule.delegatedBy);
  }

  /** Begins anew for a resource, such as `VirtualService/default/reviews`. */
  forget(resource: string): void {
    for (const hits of this.#resources.get(resource)?.values() ?? []) hits.isCurrent = false;
    this.#resources.delete(resource);
  }

  get list(): Pick<Hits, 'resource' | 'origin' | 'hits'>[] {
    return [...this.#resources.values()].flatMap((byPosition) =>
      Array.from(byPosition.values(), ({ resource, origin, hits }) => ({ resource, origin, hits })),
    );
  }

  #hitsOf({ resource, origin }: RuleSource): Hits {
    let byPosition = this.#resources.get(resource);
    if (!byPosition) {
      byPosition = new Map();
      this.#resources.set(resource, byPosition);
    }
    const position = `${origin.line}:${origin.column}`;
    let hits = byPosition.get(position);
    if (!hits) {
      hits = { resource, origin, hits: 0, isCurrent: true };
      byPosition.set(position, hits);
    }
    return hits;
  }
}
