import type { Random } from '@bookinfo/effects';
import { atLeastAsFar, gStatistic } from './g-statistic.js';

/** Number of draws with a G at least as large as observed after which the p-value is precise enough. */
const MAX_EXCEEDANCES = 20;
/** Draws per 1 / resolution. The smallest possible p-value is about a fifth of the resolution. */
const DRAWS_PER_RESOLUTION = 5;

export interface MonteCarlo {
  /** The smallest threshold that the p-value is compared with. At most 5 n / resolution random numbers are drawn. */
  resolution: number;
  random: Random;
}

/**
 * Returns the probability of a G at least as large as that of `counts`, estimated by simulation. It stops early when the
 * probability is not small (Besag and Clifford, Biometrika 78, 1991). Either way the p-value is valid: when the shares are
 * true, it is at most t with probability t or less.
 */
export function monteCarloTest(
  counts: readonly number[],
  shares: readonly number[],
  { resolution, random }: MonteCarlo,
): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const observed = gStatistic(counts, shares);
  const draws = Math.ceil(DRAWS_PER_RESOLUTION / resolution);
  let exceedances = 0;
  for (let draw = 1; draw <= draws; draw += 1) {
    if (atLeastAsFar(gStatistic(drawCounts(n, shares, random), shares), observed)) exceedances += 1;
    if (exceedances === MAX_EXCEEDANCES) return MAX_EXCEEDANCES / draw;
  }
  return (exceedances + 1) / (draws + 1);
}

/** Draws the counts of `n` independent requests whose outcomes have these shares. */
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
