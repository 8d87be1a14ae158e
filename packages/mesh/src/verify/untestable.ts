import { DEFAULT_RETRY_POLICY, type HeaderMutations, type Route, type RouteTable } from '@bookinfo/routing';
import { versionOf, type Answer, type Distribution } from '@bookinfo/analysis';

/**
 * Why nobody can tell in what shares a rule's requests are answered: the same key always finds the same pod, and which one
 * is not to be foreseen.
 */
export function unpredictable({ action }: Route, { clusters }: RouteTable): string | undefined {
  if (action.kind !== 'forward' || action.hashPolicies.length === 0) return undefined;
  const hashing = action.weightedClusters.find(({ name }) => {
    const cluster = clusters.get(name);
    return (
      cluster &&
      /HASH|MAGLEV/.test(cluster.lbPolicy.kind) &&
      new Set(cluster.endpoints.map(versionOf)).size > 1
    );
  });
  return (
    hashing && `consistent hashing: the key of a request decides which version of ${hashing.name} answers it`
  );
}

/**
 * What a rule promises and no answer can show: it is named, so that nobody takes it for proven. Retries and time limits
 * show only where something behind them is known to fail or to be slow, which manifests don't say.
 */
export function untestable({ action, requestHeaders }: Route, answers: Distribution<Answer>): string[] {
  if (action.kind !== 'forward') return edits(requestHeaders);
  const { retryPolicy, timeoutMs, mirrors, hashPolicies, hostRewrite, weightedClusters } = action;
  const named: string[] = [];
  const { numRetries, retryOn, perTryTimeoutMs } = retryPolicy;
  const isOwn =
    numRetries !== DEFAULT_RETRY_POLICY.numRetries || retryOn.join() !== DEFAULT_RETRY_POLICY.retryOn.join();
  if ((isOwn || perTryTimeoutMs > 0) && !answers.some(({ value }) => value.tries > 1))
    named.push(
      numRetries === 0
        ? 'retries (none): no connection behind is known to fail, which would be tried again by default'
        : `retries (up to ${numRetries} on ${retryOn.join(', ')}): nothing behind is known to fail; say what does with --assume`,
    );
  if (timeoutMs > 0 && !answers.some(({ value }) => value.status === 504 && value.delayMs >= timeoutMs))
    named.push(
      `timeout (${timeoutMs / 1000} s): nothing behind is known to take that long; say what does with --assume`,
    );
  for (const { cluster, percentage } of mirrors)
    named.push(`mirror (${percentage} % to ${cluster}): only who gets the copies can count them`);
  if (hostRewrite !== undefined)
    named.push(`rewrite of the host to ${hostRewrite}: only the backend sees it`);
  if (hashPolicies.length > 0)
    named.push('consistent hashing: it shows only among several pods of one version');
  return [
    ...named,
    ...edits(requestHeaders),
    ...weightedClusters.flatMap((each) => edits(each.requestHeaders)),
  ];
}

function edits(mutations: HeaderMutations | undefined): string[] {
  const names = [...(mutations?.remove ?? []), ...(mutations?.add.map(({ name }) => name) ?? [])];
  return names.length === 0
    ? []
    : [`request headers (${[...new Set(names)].join(', ')}): only the backend sees them`];
}
