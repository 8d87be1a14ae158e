import { isDeepStrictEqual } from 'node:util';
import type { Explanation } from '@bookinfo/analysis';

/**
 * Returns the reason why the rule of the files is not in force in the mesh; undefined when it is. Endpoints and the paths of
 * files are not compared.
 */
export function notInForceReason(expected: Explanation, live: Explanation): string | undefined {
  if (isDeepStrictEqual(effectOf(expected), effectOf(live))) return undefined;
  const { rule } = live;
  const actual = rule ? `${rule.resource} of ${rule.file}:${rule.line}` : 'no rule';
  return `in the mesh ${actual} decides, or the rule has another effect there: apply the file first`;
}

/** Returns the effect as plain JSON: the admin endpoint orders keys by its schema and leaves out undefined values. */
function effectOf(explanation: Explanation): unknown {
  const { rule, fault, cors, requestHeaders, responseHeaders, rewrittenPath, location, action } = explanation;
  const common = [rule?.resource, fault, cors, requestHeaders, responseHeaders, rewrittenPath, location];
  if (action.kind !== 'forward') return json([...common, action]);
  const { destinations, timeoutMs, retryPolicy, mirrors, hostRewrite } = action;
  const shares = destinations.map(
    ({ endpoints: _endpoints, reason: _reason, ...destination }) => destination,
  );
  return json([...common, action.kind, shares, timeoutMs, retryPolicy, mirrors, hostRewrite]);
}

function json(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
