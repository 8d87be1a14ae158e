import type { Explanation } from '@bookinfo/analysis';

/** Why the mesh does not have the rule that the files promise, or undefined. Pods and files' places do not count. */
export function whyNotInForce(promised: Explanation, live: Explanation): string | undefined {
  if (JSON.stringify(effect(promised)) === JSON.stringify(effect(live))) return undefined;
  const { rule } = live;
  const actual = rule ? `${rule.resource} of ${rule.file}:${rule.line}` : 'no rule';
  return `in the mesh ${actual} decides, or the rule has another effect there: apply the file first`;
}

function effect(explanation: Explanation): unknown {
  const { rule, fault, cors, requestHeaders, responseHeaders, rewrittenPath, location, action } = explanation;
  const common = [rule?.resource, fault, cors, requestHeaders, responseHeaders, rewrittenPath, location];
  if (action.kind !== 'forward') return [...common, action];
  const { destinations, timeoutMs, retryPolicy, mirrors, hostRewrite } = action;
  const shares = destinations.map(({ endpoints: _endpoints, ...promised }) => promised);
  return [...common, action.kind, shares, timeoutMs, retryPolicy, mirrors, hostRewrite];
}
