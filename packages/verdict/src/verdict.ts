import type { Origin } from '@bookinfo/text';
import type { Interval } from './statistics/share-interval.js';
import type { TestMethod } from './statistics/share-test.js';

/**
 * Everything but `agrees` and `untestable` fails a run. `unfinished`: fewer answers than planned, none of them against the
 * claim. `untestable`: no answer could show it, so it is neither proven nor refuted.
 */
export type VerdictStatus =
  'agrees' | 'disagrees' | 'unfinished' | 'not in force' | 'unreachable' | 'untestable';

/** What a run says of one rule; plain data, so that it can be written as JSON as it is. */
export interface Verdict {
  title: string;
  origin: Origin;
  request: string;
  status: VerdictStatus;
  /** Why it does not agree; empty when it does. */
  reasons: string[];
  /** Requests planned, and answers that were counted. */
  requests: number;
  answers: number;
  /** Predicted outcomes in the claim's order, then unpredicted ones by count. */
  outcomes: OutcomeVerdict[];
  /** Absent when the rule has one outcome only, or none was seen: then there is nothing random to test. */
  test?: { method: TestMethod; pValue: number; threshold: number };
  firstUnpredicted?: string;
  /** A share that an unpredicted outcome would have shown itself with, but for a chance of the run's alpha. */
  unseenBelow?: number;
}

export interface OutcomeVerdict {
  label: string;
  /** The manifest's share, 0 for an outcome that it does not give. */
  predicted: number;
  /** Absent when nothing was seen at all. */
  observed?: ObservedShare;
  /** The smallest share above the predicted one that the run would have caught, with its power. */
  caughtFrom?: number;
}

export interface ObservedShare {
  count: number;
  share: number;
  /** Clopper-Pearson; all intervals of a run hold together with probability 1 - alpha or more. */
  interval: Interval;
}

/** One run over all rules. */
export interface Report {
  /** What was asked: `http://127.0.0.1:9080`. */
  target: string;
  /** ISO 8601. */
  started: string;
  durationMs: number;
  /** Of the random numbers, when they can be drawn again. */
  seed?: number;
  /** The chance that a run over true manifests fails, all rules together. */
  alpha: number;
  /** The chance that a shift of the size looked for is caught. */
  power: number;
  verdicts: Verdict[];
}

/** Whether every rule was seen to hold, as far as it can be seen; a run in which none was shows nothing. */
export function allAgree({ verdicts }: Report): boolean {
  const testable = verdicts.filter(({ status }) => status !== 'untestable');
  return testable.length > 0 && testable.every(({ status }) => status === 'agrees');
}
