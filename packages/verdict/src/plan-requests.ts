import type { Claim } from './claim.js';
import { latenessSampleSize } from './statistics/lateness-test.js';
import { sampleSize, type Assurance } from './statistics/sample-size.js';

/** Error rates of a run, and the shift that it must detect. */
export interface Plan extends Assurance {
  /** The smallest shift of a share that must be detected: 0.1 is ten percentage points. */
  shift: number;
}

/** One false alarm in a thousand runs at most; a shift of ten percentage points is detected with probability 0.99. */
export const DEFAULT_PLAN: Plan = { alpha: 0.001, power: 0.99, shift: 0.1 };

/** Numbers of requests of one trial. */
export interface TrialSize {
  /** Requests of the first sample. */
  requests: number;
  /** Requests of a second one, which is taken when times of the first are not as predicted. */
  confirming: number;
}

/** The part of a claim that its tests depend on. */
export type Prediction = Pick<Claim, 'outcomes' | 'delayed'>;

/** Part of the shift that displaced responses may hide from a confirming sample. */
export const DISPLACED_PART = 0.25;

/**
 * Returns the numbers of requests that each claim needs, from its predicted shares by outcome. All tests of a run share its
 * alpha, so each claim needs more requests when there are more of them.
 *
 * @throws {RangeError} when alpha, power or shift is out of range.
 */
export function planRequests(
  claims: readonly Prediction[],
  { alpha, power, shift }: Plan = DEFAULT_PLAN,
): TrialSize[] {
  checkBetween('alpha', alpha, 0, 0.5);
  checkBetween('power', power, 0.5, 1);
  checkBetween('shift', shift, 0, 1);
  const perTest = alphaPerTest(claims, alpha);
  // A delay must occur in the first sample and be confirmed by the second.
  const twice = { alpha: perTest, power: (1 + power) / 2 };
  const forLateness = latenessSampleSize(shift, twice);
  return claims.map(({ outcomes, delayed = [] }) => {
    const shares = [...outcomes.values()];
    const requests = sampleSize(shares, shift, { alpha: perTest, power }, twice.power);
    const again =
      delayed.length > 0 ? sampleSize(shares, (1 - DISPLACED_PART) * shift, twice, twice.power) : requests;
    return { requests, confirming: Math.max(again, forLateness) };
  });
}

/**
 * Returns Bonferroni's part of alpha; Holm's threshold is never smaller. A claim that can be observed takes one part for the
 * test of lateness, one for that of its shares if it has several, and one for the bound on displaced responses if outcomes
 * differ by a delay.
 */
export function alphaPerTest(claims: readonly Prediction[], alpha: number): number {
  return alpha / Math.max(1, numberOfTests(claims));
}

/** Returns the number of parts that these claims divide alpha into. */
export function numberOfTests(claims: readonly Prediction[]): number {
  return claims
    .filter(({ outcomes }) => outcomes.size > 0)
    .map(({ outcomes, delayed = [] }) => 1 + Number(hasShares(outcomes)) + Number(delayed.length > 0))
    .reduce((sum, tests) => sum + tests, 0);
}

/** Returns true when there are several possible outcomes, so that their shares are tested. */
export function hasShares(outcomes: ReadonlyMap<string, number>): boolean {
  return possibleOutcomes(outcomes).length > 1;
}

/** Returns the labels of the outcomes with a share above 0. */
export function possibleOutcomes(outcomes: ReadonlyMap<string, number>): string[] {
  return [...outcomes].filter(([, share]) => share > 0).map(([label]) => label);
}

function checkBetween(name: string, value: number, low: number, high: number): void {
  if (!(value > low && value < high)) {
    throw new RangeError(`${name} must be between ${low} and ${high}, got ${value}`);
  }
}
