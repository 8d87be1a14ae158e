import type { Random } from '@bookinfo/effects';
import { atLeastAsFar, gStatistic } from './g-statistic.js';

/** After this many draws as far away as the observation the p-value is known well enough. */
const ENOUGH = 20;
/** Draws per 1 / resolution: a p-value far below the resolution comes out as about a fifth of it. */
const DRAWS_PER_RESOLUTION = 5;

export interface MonteCarlo {
  /** The smallest threshold that the p-value will be compared with; bounds the work to 5 n / resolution numbers. */
  resolution: number;
  random: Random;
}

/**
 * The chance of a G as large as these counts', from draws of the shares themselves. It stops early when the chance is
 * plainly not small (Besag and Clifford, Biometrika 78, 1991); stopped or not, it is a valid p-value: under the
 * shares it falls to t or below with probability t at most.
 */
export function monteCarloTest(
  counts: readonly number[],
  shares: readonly number[],
  { resolution, random }: MonteCarlo,
): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const observed = gStatistic(counts, shares);
  const draws = Math.ceil(DRAWS_PER_RESOLUTION / resolution);
  let far = 0;
  for (let draw = 1; draw <= draws; draw += 1) {
    if (atLeastAsFar(gStatistic(drawCounts(n, shares, random), shares), observed)) far += 1;
    if (far === ENOUGH) return ENOUGH / draw;
  }
  return (far + 1) / (draws + 1);
}

/** Where `n` independent requests fall when the shares hold. */
export function drawCounts(n: number, shares: readonly number[], random: Random): number[] {
  const counts = shares.map(() => 0);
  for (let request = 0; request < n; request += 1) {
    let left = random();
    let outcome = 0;
    while (outcome < shares.length - 1 && left >= shares[outcome]!) left -= shares[outcome++]!;
    counts[outcome]! += 1;
  }
  return counts;
}
