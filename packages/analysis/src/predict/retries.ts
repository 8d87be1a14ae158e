import {
  type ForwardAction,
  upstreamResetReply,
  UPSTREAM_REQUEST_TIMEOUT,
  PerTryTimeout,
  isRetriableReset,
  isRetriableResponse,
  type UpstreamReset,
} from '@bookinfo/routing';
import { proxyResponse, type PredictedResponse } from './predicted-response.js';
import { certain, flatMap, groupBy, weighted, type Distribution } from './distribution.js';

/** The result of one attempt: a response, or a reset after some time. */
export type AttemptResult = { response: PredictedResponse } | { reset: UpstreamReset; delayMs: number };

/** Equivalent endpoints of a cluster, and the results of an attempt at any of them. */
export interface EndpointGroup {
  count: number;
  /** The weight of each; absent for 1. */
  weight?: number | undefined;
  results: Distribution<AttemptResult>;
}

type Policy = Pick<ForwardAction, 'timeoutMs' | 'retryPolicy'>;

/** The state before an attempt: number of endpoints of each group that have had one, and the time elapsed. */
interface RetryState {
  attemptedOf: readonly number[];
  elapsedMs: number;
}

/**
 * Returns the final responses to a request that a proxy sends to the endpoints with retries, in closed form. A backend that
 * fails each attempt with probability f fails the client with f^(1 + numRetries). Each attempt goes to an endpoint that
 * has had none, while there is one and the policy asks for it. The back-off takes no time here.
 */
export function responsesWithRetries(
  groups: readonly EndpointGroup[],
  policy: Policy,
): Distribution<PredictedResponse> {
  const responses: { value: PredictedResponse; share: number }[] = [];
  let states: Distribution<RetryState> = certain({ attemptedOf: groups.map(() => 0), elapsedMs: 0 });
  for (let attempts = 1; states.length > 0; attempts += 1) {
    const results = flatMap(states, (state) =>
      flatMap(pickGroup(groups, state, policy), ({ group, attemptedOf }) =>
        flatMap(group.results, (result) =>
          certain(afterAttempt(result, { ...state, attemptedOf }, attempts, policy)),
        ),
      ),
    );
    const retried: { value: RetryState; share: number }[] = [];
    for (const { value, share } of results) {
      if ('attemptedOf' in value) retried.push({ value, share });
      else responses.push({ value, share });
    }
    states = groupBy(retried, JSON.stringify);
  }
  return responses;
}

/** Picks the group of the next attempt, which then counts as one of its endpoints. */
function pickGroup(
  groups: readonly EndpointGroup[],
  { attemptedOf }: RetryState,
  { retryPolicy }: Policy,
): Distribution<{ group: EndpointGroup; attemptedOf: readonly number[] }> {
  const untried = groups.map(({ count }, index) => Math.max(0, count - (attemptedOf[index] ?? 0)));
  const isAnyLeft = retryPolicy.avoidPreviousHosts && untried.some((count) => count > 0);
  const choices = groups.map((group, index) => ({
    value: { group, attemptedOf: attemptedOf.map((count, at) => (at === index ? count + 1 : count)) },
    weight: (group.weight ?? 1) * ((isAnyLeft ? untried[index] : group.count) ?? 0),
  }));
  return weighted(choices.filter(({ weight }) => weight > 0));
}

/** Returns the final response, or the state before the next attempt. */
function afterAttempt(
  result: AttemptResult,
  { attemptedOf, elapsedMs }: RetryState,
  attempts: number,
  { timeoutMs, retryPolicy }: Policy,
): PredictedResponse | RetryState {
  const limited = withinPerTryTimeout(result, retryPolicy.perTryTimeoutMs);
  const delayMs = elapsedMs + ('response' in limited ? limited.response.delayMs : limited.delayMs);
  if (timeoutMs > 0 && delayMs >= timeoutMs)
    return { ...proxyResponse(UPSTREAM_REQUEST_TIMEOUT.status, timeoutMs), attempts };
  const isRetriable =
    'response' in limited
      ? isRetriableResponse({ status: limited.response.status }, retryPolicy)
      : isRetriableReset(limited.reset, retryPolicy);
  if (isRetriable && attempts <= retryPolicy.numRetries) return { attemptedOf, elapsedMs: delayMs };
  if ('response' in limited) return { ...limited.response, delayMs, attempts };
  return { ...proxyResponse(upstreamResetReply(limited.reset, attempts).status, delayMs), attempts };
}

/** A response that is due exactly at the time limit arrives a little later in fact, so it counts as too late. */
function withinPerTryTimeout(result: AttemptResult, perTryTimeoutMs: number): AttemptResult {
  if (perTryTimeoutMs === 0 || !('response' in result) || result.response.delayMs < perTryTimeoutMs)
    return result;
  return { reset: new PerTryTimeout(), delayMs: perTryTimeoutMs };
}
