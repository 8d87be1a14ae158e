import { proxyResponse, type PredictedResponse } from './predicted-response.js';
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
  responses: Distribution<PredictedResponse>,
  { timeoutMs = Infinity, attempts = 1 }: CallLimits,
): Distribution<PredictedResponse> {
  return repeated(responsesWithin(responses, timeoutMs), attempts);
}

/** A response that is due exactly at the limit arrives a little later in fact, so it counts as too late. */
function responsesWithin(
  responses: Distribution<PredictedResponse>,
  timeoutMs: number,
): Distribution<PredictedResponse> {
  return flatMap(responses, (response) =>
    certain(
      response.delayMs >= timeoutMs
        ? {
            ...proxyResponse(GAVE_UP, timeoutMs),
            attempts: response.attempts,
            nestedAttempts: response.nestedAttempts,
          }
        : response,
    ),
  );
}

function repeated(
  responses: Distribution<PredictedResponse>,
  attempts: number,
): Distribution<PredictedResponse> {
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
            attempts: first.attempts + later.attempts,
            nestedAttempts: Math.max(first.nestedAttempts, later.nestedAttempts),
          }),
        ),
  );
}
