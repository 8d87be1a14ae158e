import { chiSquareTail } from './chi-square.js';
import { exactTest, numberOfTables } from './exact-test.js';
import { gStatistic } from './g-statistic.js';
import { monteCarloTest, type MonteCarlo } from './monte-carlo-test.js';

/** Limit of the exact test, about 0.1 s of work: a million requests with two outcomes, 1,400 with three. */
const MAX_TABLES = 1_000_000;
/** Expected count of the rarest outcome from which, by simulation, the G test keeps its alpha, down to 0.0001. */
const MIN_EXPECTED = 20;

export type TestMethod = 'exact multinomial test' | 'G test' | 'Monte Carlo test';

export interface TestResult {
  method: TestMethod;
  pValue: number;
}

/**
 * Tests all outcomes of one claim together. The p-value is the probability of a likelihood ratio G at least as large as
 * that of `counts` when the shares are true. Only the method depends on the counts:
 *
 * - exact, by visiting every table of counts, when there are at most MAX_TABLES;
 * - else the G test, when every outcome has an expected count of MIN_EXPECTED. The usual 5 is for alpha 0.05; at 0.001 it
 *   raises half as many false alarms again for some shares;
 * - else a Monte Carlo test, which is valid for rare outcomes too, such as those of faults and retries.
 *
 * Shares must be above 0 and add up to 1. A single outcome has a p-value of 1.
 */
export function testShares(
  counts: readonly number[],
  shares: readonly number[],
  monteCarlo: MonteCarlo,
): TestResult {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (numberOfTables(n, shares.length) <= MAX_TABLES) {
    return { method: 'exact multinomial test', pValue: exactTest(counts, shares) };
  }
  if (n * Math.min(...shares) >= MIN_EXPECTED) {
    return { method: 'G test', pValue: gTest(counts, shares) };
  }
  return { method: 'Monte Carlo test', pValue: monteCarloTest(counts, shares, monteCarlo) };
}

/** Returns the p-value of G with Williams' correction (Biometrika 63, 1976), which brings G closer to chi-square. */
function gTest(counts: readonly number[], shares: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const df = shares.length - 1;
  const correction = 1 + (shares.reduce((sum, share) => sum + 1 / share, 0) - 1) / (6 * n * df);
  return chiSquareTail(gStatistic(counts, shares) / correction, df);
}
