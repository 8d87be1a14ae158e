import {
  proxyResponse,
  type Application,
  type Explanation,
  type PredictedResponse,
} from '@bookinfo/analysis';
import type { Clock, Random } from '@bookinfo/effects';
import type { Observation, TrialSize } from '@bookinfo/verdict';
import { headerMismatch } from './header-mismatch.js';
import { outcomeLabel, type RuleTest } from './plan-claims.js';
import { timeLimitFor, LATE_MS } from './late.js';
import { agentFor, sendRequest, type EntryPoint, type ObservedResponse } from './send-request.js';
import type { TimedResponse } from './timed-response.js';
import { timedSample } from './timed-sample.js';

/** Requests at once: more when some are delayed, since they mostly wait. */
const CONCURRENCY = { delayed: 64, immediate: 8 };

/** Header of every response that is from a backend, not from a proxy. */
const UPSTREAM_TIME = 'x-envoy-upstream-service-time';

export interface SampleOptions {
  application: Application;
  clock: Clock;
  random: Random;
  size: TrialSize;
  /** Sends a round of control requests. */
  sendRound: () => Promise<unknown>;
}

/**
 * Sends the request of a rule through the entry point as often as planned and counts the responses by outcome. Without the names
 * of the workloads in them, outcomes cannot be told apart.
 */
export async function sample(
  entryPoint: EntryPoint,
  test: RuleTest,
  { application, clock, random, size, sendRound }: SampleOptions,
): Promise<Observation> {
  const { predicted, question, explanation } = test;
  const isDelayed = predicted.some(({ delayMs }) => delayMs > 0);
  const concurrency = isDelayed ? CONCURRENCY.delayed : CONCURRENCY.immediate;
  const agent = agentFor(entryPoint, concurrency);
  const timeoutMs = timeLimitFor(predicted);
  const backends = { named: 0, unnamed: 0 };
  const send = async (): Promise<TimedResponse> => {
    const startedAt = clock.now();
    try {
      const response = await sendRequest(entryPoint, question, { agent, clock, timeoutMs });
      if (response.headers[UPSTREAM_TIME] !== undefined)
        backends[application.hopsOf(response.headers).length > 0 ? 'named' : 'unnamed'] += 1;
      return { ...response, labelWith: (delayMs) => responseLabel(response, delayMs, test, application) };
    } catch (error) {
      const label = errorLabel(error as NodeJS.ErrnoException);
      return { startedAt, endedAt: clock.now(), labelWith: () => label };
    }
  };
  const trial = { send, sendRound, predicted, lateMs: lateMsOf(explanation) };
  const observation = await timedSample(trial, { ...size, clock, random, concurrency }).finally(() =>
    agent.destroy(),
  );
  return backends.unnamed > 0 && backends.named === 0
    ? { kind: 'untestable', reason: 'the backends do not name themselves in their responses' }
    : observation;
}

/** Returns the limit of lateness. A time limit of the rule that is shorter makes a late response one of the proxy. */
function lateMsOf({ action }: Explanation): number {
  if (action.kind !== 'forward') return LATE_MS;
  const limits = [action.timeoutMs, action.retryPolicy.perTryTimeoutMs].filter((limit) => limit > 0);
  return Math.min(LATE_MS, ...limits);
}

function responseLabel(
  { status, headers }: ObservedResponse,
  delayMs: number,
  { responseHeaders }: RuleTest,
  application: Application,
): string {
  const { location } = headers;
  const path = application.hopsOf(headers);
  const isRedirect = path.length === 0 && location !== undefined;
  const response: PredictedResponse = {
    ...proxyResponse(status, delayMs),
    path,
    ...(isRedirect && { location }),
  };
  // Envoy edits the headers of redirects, but not of responses of the fault filter or the router.
  const isEdited = path.length > 0 || isRedirect;
  const mismatch = responseHeaders && isEdited ? headerMismatch(headers, responseHeaders) : undefined;
  return outcomeLabel(response) + (mismatch === undefined ? '' : `, ${mismatch}`);
}

function errorLabel({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ECONNRESET' ? outcomeLabel(proxyResponse(0)) : `no response: ${message}`;
}
