import type { Origin } from '@bookinfo/text';
import type { Interval } from './statistics/share-interval.js';
import type { DetectableShares } from './statistics/detectable-share.js';
import type { Lateness } from './statistics/lateness-test.js';
import type { TestMethod } from './statistics/share-test.js';

/**
 * The verdict in one word. All but `agrees` and `untestable` fail a run. `unfinished`: the sample does not suffice and does
 * not refute the claim. `untestable`: no response shows the effect of the rule, so it is neither proven nor refuted.
 */
export type VerdictStatus =
  'agrees' | 'disagrees' | 'unfinished' | 'not in force' | 'unreachable' | 'untestable';

/** The verdict on one claim, as plain data for JSON. */
export interface Verdict {
  title: string;
  origin: Origin;
  request: string;
  status: VerdictStatus;
  /** The reasons for the status; empty when it agrees. */
  reasons: string[];
  /** What the manifests lack on the way of the request; absent when nothing is known. */
  findings?: readonly string[];
  /** Number of requests planned. */
  requests: number;
  /** Number of responses counted. */
  responses: number;
  /** Predicted outcomes in the claim's order, then unpredicted ones, most frequent first. */
  outcomes: OutcomeVerdict[];
  /** Absent when the claim has a single outcome, or no response was counted. */
  test?: { method: TestMethod; pValue: number; threshold: number };
  /** Absent when the times of all responses were as predicted. */
  delays?: TimingVerdict;
  firstUnpredicted?: string;
  /** Upper bound of the share of an outcome that did not occur, with confidence 1 - alpha. */
  upperBoundUnseen?: number;
}

/** One outcome of a claim: predicted and observed share. */
export interface OutcomeVerdict {
  label: string;
  /** The share that the manifests give; 0 for an outcome that they rule out. */
  predicted: number;
  /** Absent when no response was counted. */
  observed?: ObservedShare;
  /** The nearest shares that the run tells from the predicted one with its power; absent when the share is not tested. */
  detectable?: DetectableShares;
}

/** The test of late responses to the requests of a claim against those to its control requests. */
export interface TimingVerdict extends Lateness {
  /** The delay in addition to a predicted one from which a response is late, in milliseconds. */
  lateMs: number;
  pValue: number;
  threshold: number;
}

/** The observed share of one outcome. */
export interface ObservedShare {
  count: number;
  share: number;
  /** Clopper-Pearson interval; all intervals of a run hold together with probability 1 - alpha or more. */
  interval: Interval;
}

/** The result of one run. */
export interface Report {
  /** The URL of the mesh or page under test: `http://127.0.0.1:9080`. */
  target: string;
  /** Start time in ISO 8601. */
  started: string;
  durationMs: number;
  /** The seed of the random numbers, if there is one. */
  seed?: number;
  /** Upper bound of the probability that a run over true claims fails. */
  alpha: number;
  /** The probability with which a shift of the planned size is detected. */
  power: number;
  /** The planned size: 0.1 is ten percentage points. */
  shift: number;
  verdicts: Verdict[];
}

/** Returns true when every testable claim agrees and there is at least one. */
export function allAgree({ verdicts }: Report): boolean {
  const testable = verdicts.filter(({ status }) => status !== 'untestable');
  return testable.length > 0 && testable.every(({ status }) => status === 'agrees');
}
