import type { Clock, Random } from '@bookinfo/effects';
import {
  CONTROLS_PER_REQUEST,
  countOutcomes,
  sendRequests,
  testShares,
  type Observation,
  type TrialSize,
} from '@bookinfo/verdict';
import { sendControlRequest, type ControlOutcome } from './control-request.js';
import { delayedPairs, sharesOf, type PredictedOutcome } from './predicted-outcome.js';
import { timedOutcome, type TimedOutcome, type TimedResponse } from './timed-response.js';

/** P-value of the shares of predicted delays up to which a second sample decides. */
const SUSPICIOUS = 0.05;

export interface TimedTrial {
  send: () => Promise<TimedResponse>;
  /** Sends a round of control requests. */
  sendRound: () => Promise<unknown>;
  predicted: readonly PredictedOutcome[];
  /** The time in addition to a predicted delay from which a response is late, in milliseconds. */
  lateMs: number;
}

export interface TimedSampleOptions extends TrialSize {
  clock: Clock;
  random: Random;
  concurrency: number;
}

/**
 * Sends the requests of one trial and counts the outcomes. When a response is late, or the shares of predicted delays look
 * shifted, the reason may be a slow machine. Then a second sample, with control requests in random order among its requests,
 * takes the place of the first.
 */
export async function timedSample(trial: TimedTrial, options: TimedSampleOptions): Promise<Observation> {
  const shares = sharesOf(trial.predicted);
  const first = await sendRequests(() => sendOne(trial), options);
  const counted = countOutcomes(
    first.map(({ label }) => label),
    shares,
  );
  const isRefuted = first.some(({ isPredicted, isLate }) => !isPredicted && !isLate);
  const isLate = first.some((outcome) => outcome.isLate);
  const areDelaysShifted = () =>
    delayedPairs(trial.predicted).length > 0 &&
    pValueOf(counted.counts, shares, options.random) <= SUSPICIOUS;
  return !isRefuted && (isLate || areDelaysShifted()) ? await confirmingSample(trial, options) : counted;
}

async function confirmingSample(
  trial: TimedTrial,
  { confirming: requests, concurrency, clock, random }: TimedSampleOptions,
): Promise<Observation> {
  const { sendRound, predicted, lateMs } = trial;
  const controls = CONTROLS_PER_REQUEST * requests;
  const outcomes: TimedOutcome[] = [];
  const controlOutcomes: ControlOutcome[] = [];
  let left = { requests, controls };
  const sendEither = async (): Promise<void> => {
    // A random order: every order of the requests that are left is equally probable.
    const isControl = random() * (left.requests + left.controls) < left.controls;
    left = isControl ? { ...left, controls: left.controls - 1 } : { ...left, requests: left.requests - 1 };
    if (isControl)
      controlOutcomes.push(await sendControlRequest(sendRound, predicted, { clock, random, lateMs }));
    else outcomes.push(await sendOne(trial));
  };
  await sendRequests(sendEither, { requests: requests + controls, concurrency });
  const counted = outcomes.filter(({ isPredicted, isLate }) => isPredicted || !isLate);
  return {
    ...countOutcomes(
      counted.map(({ label }) => label),
      sharesOf(predicted),
    ),
    timing: {
      late: outcomes.filter(({ isLate }) => isLate).length,
      requests,
      lateControls: controlOutcomes.filter(({ isLate }) => isLate).length,
      controls,
      lateMs,
      excluded: outcomes.length - counted.length,
      displacedControls: controlOutcomes.filter(({ isDisplaced }) => isDisplaced).length,
    },
  };
}

async function sendOne({ send, predicted, lateMs }: TimedTrial): Promise<TimedOutcome> {
  return timedOutcome(await send(), predicted, lateMs);
}

function pValueOf(
  counts: ReadonlyMap<string, number>,
  shares: ReadonlyMap<string, number>,
  random: Random,
): number {
  const possible = [...shares].filter(([, share]) => share > 0);
  const { pValue } = testShares(
    possible.map(([label]) => counts.get(label) ?? 0),
    possible.map(([, share]) => share),
    { resolution: SUSPICIOUS, random },
  );
  return pValue;
}
