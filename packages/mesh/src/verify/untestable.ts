import { DEFAULT_RETRY_POLICY } from '../compile/default-retry-policy.js';
import type { HeaderMutations } from '../compile/header-mutations.js';
import type { Route } from '../compile/route-table.js';
import type { Answer } from '../predict/answer.js';
import type { Distribution } from '../predict/distribution.js';

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
