import { sampleSize, type Assurance } from './statistics/sample-size.js';

export interface Plan extends Assurance {
  /** The smallest shift of a share that must be caught: 0.1 is ten points. */
  shift: number;
}

/** False alarms once in a thousand runs; ten points caught 99 times in a hundred. */
export const DEFAULT_PLAN: Plan = { alpha: 0.001, power: 0.99, shift: 0.1 };

/**
 * How many requests each rule needs, from its predicted shares by outcome. Rules with several outcomes share the run's
 * alpha, so every further rule costs all of them some requests.
 *
 * @throws RangeError for an alpha, power or shift that no plan can have.
 */
export function planRequests(
  predictions: readonly ReadonlyMap<string, number>[],
  { alpha, power, shift }: Plan = DEFAULT_PLAN,
): number[] {
  checkBetween('alpha', alpha, 0, 0.5);
  checkBetween('power', power, 0.5, 1);
  checkBetween('shift', shift, 0, 1);
  const perRule = alphaPerRule(predictions, alpha);
  return predictions.map((outcomes) => sampleSize([...outcomes.values()], shift, { alpha: perRule, power }));
}

/** Bonferroni's share of alpha: Holm's threshold is never smaller. A rule with one outcome can raise no false alarm. */
export function alphaPerRule(predictions: readonly ReadonlyMap<string, number>[], alpha: number): number {
  return alpha / Math.max(1, predictions.filter((outcomes) => possibleOutcomes(outcomes).length > 1).length);
}

/** The labels of the outcomes with a share above 0. */
export function possibleOutcomes(outcomes: ReadonlyMap<string, number>): string[] {
  return [...outcomes].filter(([, share]) => share > 0).map(([label]) => label);
}

function checkBetween(name: string, value: number, low: number, high: number): void {
  if (!(value > low && value < high)) {
    throw new RangeError(`${name} must lie between ${low} and ${high}, got ${value}`);
  }
}
