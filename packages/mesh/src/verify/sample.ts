import { Agent } from 'node:http';
import { proxyResponse, type PredictedResponse, type Application } from '@bookinfo/analysis';
import type { Clock } from '@bookinfo/effects';
import type { Observation } from '@bookinfo/verdict';
import { headerMismatch } from './header-mismatch.js';
import { outcomeLabel, type RuleTest } from './plan-claims.js';
import { sendRequest, type EntryPoint, type ObservedResponse } from './send-request.js';
import { timedSample, type TimedResponse } from './timed-sample.js';

/** Requests at once: more when some are delayed, since they mostly wait. */
const CONCURRENCY = { delayed: 64, immediate: 8 };

export interface SampleOptions {
  application: Application;
  clock: Clock;
  requests: number;
  /** Sends a round of control requests. */
  sendRound: () => Promise<unknown>;
}

/** Sends the request of a rule through the entry point as often as planned and counts the responses by outcome. */
export async function sample(
  entryPoint: EntryPoint,
  test: RuleTest,
  { application, clock, requests, sendRound }: SampleOptions,
): Promise<Observation> {
  const delays = test.answers.map(({ value }) => value.delayMs);
  const concurrency = delays.some((delay) => delay > 0) ? CONCURRENCY.delayed : CONCURRENCY.immediate;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const send = async (): Promise<TimedResponse> => {
    const startedAt = clock.now();
    try {
      const response = await sendRequest(entryPoint, test.question, agent, clock);
      return { ...response, labelWith: (delayMs) => responseLabel(response, delayMs, test, application) };
    } catch (error) {
      const label = errorLabel(error as NodeJS.ErrnoException);
      return { startedAt, endedAt: clock.now(), labelWith: () => label };
    }
  };
  const outcomes = new Map(test.answers.map(({ value, share }) => [outcomeLabel(value), share]));
  return await timedSample(send, sendRound, { outcomes, delays }, { clock, requests, concurrency }).finally(
    () => agent.destroy(),
  );
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
  const answer: PredictedResponse = {
    ...proxyResponse(status, delayMs),
    path,
    ...(isRedirect && { location }),
  };
  // Envoy edits the headers of redirects, but not of responses of the fault filter or the router.
  const isEdited = path.length > 0 || isRedirect;
  const mismatch = responseHeaders && isEdited ? headerMismatch(headers, responseHeaders) : undefined;
  return outcomeLabel(answer) + (mismatch === undefined ? '' : `, ${mismatch}`);
}

function errorLabel({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ECONNRESET' ? outcomeLabel(proxyResponse(0)) : `no response: ${message}`;
}
