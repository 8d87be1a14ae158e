import { sampleSize, type Assurance } from './statistics/sample-size.js';

/** Error rates of a run, and the shift that it must detect. */
export interface Plan extends Assurance {
  /** The smallest shift of a share that must be detected: 0.1 is ten percentage points. */
  shift: number;
}

/** One false alarm in a thousand runs at most; a shift of ten percentage points is detected with probability 0.99. */
export const DEFAULT_PLAN: Plan = { alpha: 0.001, power: 0.99, shift: 0.1 };

/**
 * Returns the number of requests that each claim needs, from its predicted shares by outcome. Claims with several outcomes
 * share the run's alpha, so each needs more requests when there are more of them.
 *
 * @throws {RangeError} when alpha, power or shift is out of range.
 */
export function planRequests(
  predictions: readonly ReadonlyMap<string, number>[],
  { alpha, power, shift }: Plan = DEFAULT_PLAN,
): number[] {
  checkBetween('alpha', alpha, 0, 0.5);
  checkBetween('power', power, 0.5, 1);
  checkBetween('shift', shift, 0, 1);
  const perClaim = alphaPerClaim(predictions, alpha);
  return predictions.map((outcomes) => sampleSize([...outcomes.values()], shift, { alpha: perClaim, power }));
}

/** Returns Bonferroni's part of alpha; Holm's threshold is never smaller. A claim with one outcome is not tested and takes none. */
export function alphaPerClaim(predictions: readonly ReadonlyMap<string, number>[], alpha: number): number {
  return alpha / Math.max(1, predictions.filter((outcomes) => possibleOutcomes(outcomes).length > 1).length);
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
