import { DEFAULT_RETRY_POLICY, type HeaderMutations, type Route, type RouteTable } from '@bookinfo/routing';
import { versionOf, type PredictedResponse, type Distribution } from '@bookinfo/analysis';

/**
 * Returns the reason why the shares of a rule's responses are not predictable; undefined when they are. With consistent hashing
 * a key always selects the same pod, so that the shares depend on the keys.
 */
export function unpredictableReason({ action }: Route, { clusters }: RouteTable): string | undefined {
  if (action.kind !== 'forward' || action.hashPolicies.length === 0) return undefined;
  const hashing = action.weightedClusters.find(({ name }) => {
    const cluster = clusters.get(name);
    return (
      cluster &&
      /HASH|MAGLEV/.test(cluster.lbPolicy.kind) &&
      new Set(cluster.endpoints.map(versionOf)).size > 1
    );
  });
  return hashing && `consistent hashing: the hash key of a request selects the version of ${hashing.name}`;
}

/**
 * Returns the parts of a rule that no response shows, each with the reason, so that they do not pass for proven. Retries and
 * timeouts show only when a backend is known to fail or to be slow, which manifests do not declare.
 */
export function untestableParts(
  { action, requestHeaders }: Route,
  responses: Distribution<PredictedResponse>,
): string[] {
  if (action.kind !== 'forward') return requestHeaderEdits(requestHeaders);
  const { retryPolicy, timeoutMs, mirrors, hashPolicies, hostRewrite, weightedClusters } = action;
  const parts: string[] = [];
  const { numRetries, retryOn, perTryTimeoutMs } = retryPolicy;
  const hasOwnRetries =
    numRetries !== DEFAULT_RETRY_POLICY.numRetries || retryOn.join() !== DEFAULT_RETRY_POLICY.retryOn.join();
  if ((hasOwnRetries || perTryTimeoutMs > 0) && !responses.some(({ value }) => value.attempts > 1))
    parts.push(
      numRetries === 0
        ? 'retries (none): no backend is known to refuse connections, which are retried by default'
        : `retries (up to ${numRetries} on ${retryOn.join(', ')}): no backend is known to fail; declare one with --assume`,
    );
  if (timeoutMs > 0 && !responses.some(({ value }) => value.status === 504 && value.delayMs >= timeoutMs))
    parts.push(
      `timeout (${timeoutMs / 1000} s): no backend is known to take that long; declare one with --assume`,
    );
  for (const { cluster, percentage } of mirrors)
    parts.push(`mirror (${percentage} % to ${cluster}): only the destination can count the copies`);
  if (hostRewrite !== undefined)
    parts.push(`rewrite of the host to ${hostRewrite}: only the backend receives it`);
  if (hashPolicies.length > 0)
    parts.push('consistent hashing: it shows only with several pods of one version');
  return [
    ...parts,
    ...requestHeaderEdits(requestHeaders),
    ...weightedClusters.flatMap((each) => requestHeaderEdits(each.requestHeaders)),
  ];
}

/** Returns the part of a rule that edits request headers, if it does. */
function requestHeaderEdits(mutations: HeaderMutations | undefined): string[] {
  const names = [...(mutations?.remove ?? []), ...(mutations?.add.map(({ name }) => name) ?? [])];
  return names.length === 0
    ? []
    : [`request headers (${[...new Set(names)].join(', ')}): only the backend receives them`];
}
