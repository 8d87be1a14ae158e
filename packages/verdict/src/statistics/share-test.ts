import { chiSquareTail } from './chi-square.js';
import { exactTest, numberOfTables } from './exact-test.js';
import { gStatistic } from './g-statistic.js';
import { monteCarloTest, type MonteCarlo } from './monte-carlo-test.js';

/** A tenth of a second on a laptop: two outcomes of a million requests, three of 1,400. */
const MOST_TABLES = 1_000_000;
/** From here on, by simulation, the corrected G test rejects no more often than its alpha says, down to 0.0001. */
const LEAST_EXPECTED = 20;

export type TestMethod = 'exact multinomial test' | 'G test' | 'Monte Carlo test';

export interface TestResult {
  method: TestMethod;
  pValue: number;
}

/**
 * Tests all outcomes of one rule at once: the chance of counts as far from the shares as these, or farther, if the
 * shares hold. What "far" means is always the likelihood ratio G; only the way to its tail differs:
 *
 * - exact, by visiting every table of counts, where there are few enough;
 * - else the G test, whose chi-square approximation needs some 20 answers expected of every outcome: the usual 5 is
 *   for alpha 0.05, and at 0.001 it would raise up to half as many false alarms again;
 * - else, so when an outcome is rare, as after faults and retries, a Monte Carlo test, which is valid however rare.
 *
 * Shares are above 0 and add up to 1; one outcome alone always agrees.
 */
export function testShares(
  counts: readonly number[],
  shares: readonly number[],
  monteCarlo: MonteCarlo,
): TestResult {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (numberOfTables(n, shares.length) <= MOST_TABLES) {
    return { method: 'exact multinomial test', pValue: exactTest(counts, shares) };
  }
  if (n * Math.min(...shares) >= LEAST_EXPECTED) {
    return { method: 'G test', pValue: gTest(counts, shares) };
  }
  return { method: 'Monte Carlo test', pValue: monteCarloTest(counts, shares, monteCarlo) };
}

/** With Williams' correction (Biometrika 63, 1976), which brings G closer to chi-square. */
function gTest(counts: readonly number[], shares: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const df = shares.length - 1;
  const correction = 1 + (shares.reduce((sum, share) => sum + 1 / share, 0) - 1) / (6 * n * df);
  return chiSquareTail(gStatistic(counts, shares) / correction, df);
}
