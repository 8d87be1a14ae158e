import { localAnswer, type Answer } from './answer.js';
import { certain, flatMap, type Distribution } from './distribution.js';

/** Limits that a program sets to its call of a backend. */
export interface CallLimits {
  /** Time limit of each attempt. Default: none. */
  timeoutMs?: number;
  /** Attempts until a response is 200. Default: 1. */
  attempts?: number;
}

/** Status of a call that the program gave up: it has no response, and the workloads behind it do not show. */
const GAVE_UP = 0;

/** Returns what a program gets from a call within its limits, where each attempt meets `responses`. */
export function withinLimits(
  responses: Distribution<Answer>,
  { timeoutMs = Infinity, attempts = 1 }: CallLimits,
): Distribution<Answer> {
  return repeated(responsesWithin(responses, timeoutMs), attempts);
}

/** A response that is due exactly at the limit arrives a little later in fact, so it counts as too late. */
function responsesWithin(responses: Distribution<Answer>, timeoutMs: number): Distribution<Answer> {
  return flatMap(responses, (response) =>
    certain(
      response.delayMs >= timeoutMs
        ? {
            ...localAnswer(GAVE_UP, timeoutMs),
            tries: response.tries,
            triesBehind: response.triesBehind,
          }
        : response,
    ),
  );
}

function repeated(responses: Distribution<Answer>, attempts: number): Distribution<Answer> {
  if (attempts === 1) return responses;
  return flatMap(responses, (first) =>
    first.status === 200
      ? certain(first)
      : flatMap(repeated(responses, attempts - 1), (later) =>
          certain({
            ...later,
            // Each attempt with a response contributes its workloads.
            path: [...first.path, ...later.path],
            delayMs: first.delayMs + later.delayMs,
            tries: first.tries + later.tries,
            triesBehind: Math.max(first.triesBehind, later.triesBehind),
          }),
        ),
  );
}
