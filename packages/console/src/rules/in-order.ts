import type { RuleResource } from '../api/types.ts';

/** Kinds with routes first, then those with policies; all others as the mesh has them. */
const FIRST = ['VirtualService', 'HTTPRoute', 'RouteRule', 'DestinationRule', 'DestinationPolicy'];

/** Returns resources with those first that decide about requests. */
export function inOrder(resources: readonly RuleResource[]): RuleResource[] {
  return resources.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ kind }: RuleResource): number {
  const index = FIRST.indexOf(kind);
  return index < 0 ? FIRST.length : index;
}
