import type { Origin } from '@bookinfo/text';

/** The rule behind a route, for messages. */
export interface RuleSource {
  /** `VirtualService/default/reviews`. */
  resource: string;
  origin: Origin;
  /** The rule of another VirtualService that delegates to this one. */
  delegatedBy?: RuleSource;
}

/** Returns the resource whose hosts and age the rule has: for the rule of a delegate that of its root. */
export function rootResource({ resource, delegatedBy }: RuleSource): string {
  return delegatedBy?.resource ?? resource;
}
