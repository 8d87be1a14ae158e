import {
  type ForwardAction,
  upstreamResetReply,
  UPSTREAM_REQUEST_TIMEOUT,
  PerTryTimeout,
  isRetriableReset,
  isRetriableResponse,
  type UpstreamReset,
} from '@bookinfo/routing';
import { localAnswer, type Answer } from './answer.js';
import { certain, flatMap, groupBy, weighted, type Distribution } from './distribution.js';

/** What one try meets. */
export type TryResult = { answer: Answer } | { reset: UpstreamReset; delayMs: number };

/** Endpoints of a cluster that are alike, and what each of them may answer to a try. */
export interface EndpointGroup {
  count: number;
  results: Distribution<TryResult>;
}

type Policy = Pick<ForwardAction, 'timeoutMs' | 'retryPolicy'>;

/** Between two tries: how many endpoints of each group were tried, and the time that is gone. */
interface Pause {
  triedOf: readonly number[];
  elapsedMs: number;
}

/**
 * What comes of a request that is sent to the endpoints until one answer is final: the closed form of the proxy's retries.
 * A backend that fails with probability f on every try fails for the client with f^(1 + numRetries). Every try goes to an
 * endpoint that wasn't tried, as long as there are any and the policy wants it; the wait between two takes no time here.
 */
export function answersWithRetries(groups: readonly EndpointGroup[], policy: Policy): Distribution<Answer> {
  const answers: { value: Answer; share: number }[] = [];
  let pauses: Distribution<Pause> = certain({ triedOf: groups.map(() => 0), elapsedMs: 0 });
  for (let tries = 1; pauses.length > 0; tries += 1) {
    const results = flatMap(pauses, (pause) =>
      flatMap(picked(groups, pause, policy), ({ group, triedOf }) =>
        flatMap(group.results, (result) => certain(afterTry(result, { ...pause, triedOf }, tries, policy))),
      ),
    );
    const goingOn: { value: Pause; share: number }[] = [];
    for (const { value, share } of results) {
      if ('triedOf' in value) goingOn.push({ value, share });
      else answers.push({ value, share });
    }
    pauses = groupBy(goingOn, JSON.stringify);
  }
  return answers;
}

/** A group, with its endpoint that is tried now counted in. */
function picked(
  groups: readonly EndpointGroup[],
  { triedOf }: Pause,
  { retryPolicy }: Policy,
): Distribution<{ group: EndpointGroup; triedOf: readonly number[] }> {
  const untried = groups.map(({ count }, index) => Math.max(0, count - (triedOf[index] ?? 0)));
  const isAnyLeft = retryPolicy.avoidPreviousHosts && untried.some((count) => count > 0);
  const choices = groups.map((group, index) => ({
    value: { group, triedOf: triedOf.map((count, at) => (at === index ? count + 1 : count)) },
    weight: (isAnyLeft ? untried[index] : group.count) ?? 0,
  }));
  return weighted(choices.filter(({ weight }) => weight > 0));
}

function afterTry(
  result: TryResult,
  { triedOf, elapsedMs }: Pause,
  tries: number,
  { timeoutMs, retryPolicy }: Policy,
): Answer | Pause {
  const limited = withinTry(result, retryPolicy.perTryTimeoutMs);
  const delayMs = elapsedMs + ('answer' in limited ? limited.answer.delayMs : limited.delayMs);
  if (timeoutMs > 0 && delayMs >= timeoutMs)
    return { ...localAnswer(UPSTREAM_REQUEST_TIMEOUT.status, timeoutMs), tries };
  const isRetriable =
    'answer' in limited
      ? isRetriableResponse({ status: limited.answer.status }, retryPolicy)
      : isRetriableReset(limited.reset, retryPolicy);
  if (isRetriable && tries <= retryPolicy.numRetries) return { triedOf, elapsedMs: delayMs };
  if ('answer' in limited) return { ...limited.answer, delayMs, tries };
  return { ...localAnswer(upstreamResetReply(limited.reset, tries).status, delayMs), tries };
}

/** An answer that is due at the very moment when the try's time is up comes a little later. */
function withinTry(result: TryResult, perTryTimeoutMs: number): TryResult {
  if (perTryTimeoutMs === 0 || !('answer' in result) || result.answer.delayMs < perTryTimeoutMs)
    return result;
  return { reset: new PerTryTimeout(), delayMs: perTryTimeoutMs };
}
