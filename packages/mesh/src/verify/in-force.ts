import type { Explanation } from '../explain/explanation.js';

/** Why the mesh does not have the rule that the files promise, or undefined. Pods and files' places do not count. */
export function whyNotInForce(promised: Explanation, live: Explanation): string | undefined {
  if (JSON.stringify(effect(promised)) === JSON.stringify(effect(live))) return undefined;
  const { rule } = live;
  const actual = rule ? `${rule.resource} of ${rule.file}:${rule.line}` : 'no rule';
  return `in the mesh ${actual} decides, or the rule has another effect there: apply the file first`;
}

function effect({ rule, fault, action }: Explanation): unknown {
  const { kind } = action;
  if (kind !== 'forward') return [rule?.resource, fault, action];
  const destinations = action.destinations.map(({ cluster, share, state }) => [cluster, share, state]);
  return [rule?.resource, fault, kind, destinations, action.timeoutMs, action.retryPolicy];
}
