import type { Clock } from '@bookinfo/effects';
import { countOutcomes, sendRequests, type Observation } from '@bookinfo/verdict';
import { ControlRequests } from './control-requests.js';
import { observedDelay } from './observed-delay.js';

/** A response whose outcome depends on the delay that it had. */
export interface TimedResponse {
  startedAt: number;
  endedAt: number;
  /** Returns the outcome's label for a response with this delay. */
  labelWith: (delayMs: number) => string;
}

/** The outcomes that are predicted for one request. */
export interface Prediction {
  outcomes: ReadonlyMap<string, number>;
  /** All delays among them, in milliseconds. */
  delays: readonly number[];
}

/** Share of slow control rounds up to which slowness shifts an observed share by a fraction of its standard error only. */
const MAX_BLURRED = 1 / 200;

/**
 * Sends the requests of one trial and counts the outcomes. A slow response is no evidence of a delay when control requests are
 * slow at the same time. When many of them take as long as the difference of two predicted delays, outcomes that differ by
 * it cannot be told apart, and the sample is inconclusive.
 *
 * @param sendRound sends a round of control requests
 */
export async function timedSample(
  send: () => Promise<TimedResponse>,
  sendRound: () => Promise<unknown>,
  prediction: Prediction,
  { clock, ...size }: { clock: Clock; requests: number; concurrency: number },
): Promise<Observation> {
  const control = new ControlRequests(sendRound, clock);
  const responses = await sendRequests(send, size).finally(() => control.stop());
  const labels = responses.map((response) => outcomeOf(response, prediction, control));
  const gap = smallestGap(responses, prediction);
  const blurred = control.shareFrom(gap);
  return {
    ...countOutcomes(labels, prediction.outcomes),
    ...(blurred > MAX_BLURRED && {
      inconclusive: `${(blurred * 100).toFixed(1)}% of control requests took ${gap / 1000} s or longer, so delays that differ by ${gap / 1000} s cannot be told apart`,
    }),
  };
}

/** Returns the label of a response's outcome. Without control requests any lateness is due to slowness. */
export function outcomeOf(
  response: TimedResponse,
  prediction: Prediction,
  control?: Pick<ControlRequests, 'slowestDuring'>,
): string {
  const { startedAt, endedAt } = response;
  const slowness = control?.slowestDuring(startedAt, endedAt) ?? Infinity;
  const delays = predictedDelays(response, prediction);
  return response.labelWith(observedDelay(endedAt - startedAt, delays, slowness));
}

/** Returns the predicted delays of responses that are otherwise the same. */
function predictedDelays({ labelWith }: TimedResponse, { outcomes, delays }: Prediction): number[] {
  return delays.filter((delayMs) => outcomes.has(labelWith(delayMs)));
}

/** Returns the smallest difference between two delays of outcomes that only their delay tells apart. */
function smallestGap(responses: readonly TimedResponse[], prediction: Prediction): number {
  const gaps = responses.flatMap((response) => {
    const delays = [...new Set(predictedDelays(response, prediction))].toSorted((a, b) => a - b);
    return delays.slice(1).map((delay, index) => delay - (delays[index] ?? 0));
  });
  return gaps.reduce((smallest, gap) => Math.min(smallest, gap), Infinity);
}
