import { atLeastAsFar, gStatistic, gTerm } from './g-statistic.js';
import { logFactorial } from './log-gamma.js';

/** Returns the number of tables of `k` counts that add up to `n`: (n + k - 1 choose k - 1). */
export function numberOfTables(n: number, k: number): number {
  return Math.exp(logFactorial(n + k - 1) - logFactorial(n) - logFactorial(k - 1));
}

/** Returns the exact probability of a G at least as large as that of `counts`, by visiting every table of counts. */
export function exactTest(counts: readonly number[], shares: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const observed = gStatistic(counts, shares);
  const allWays = logFactorial(n);
  const terms = shares.map((share) => outcomeTerms(n, share));
  let tail = 0;

  const visit = (outcome: number, left: number, g: number, logProbability: number): void => {
    const { gs, logs } = terms[outcome]!;
    const last = outcome === shares.length - 1;
    for (let count = last ? left : 0; count <= left; count += 1) {
      const gHere = g + gs[count]!;
      const logHere = logProbability + logs[count]!;
      if (!last) visit(outcome + 1, left - count, gHere, logHere);
      else if (atLeastAsFar(gHere, observed)) tail += Math.exp(logHere);
    }
  };
  visit(0, n, 0, allWays);
  return Math.min(1, tail);
}

/** Returns the outcome's term of G and of the log probability, by its count. */
function outcomeTerms(n: number, share: number): { gs: Float64Array; logs: Float64Array } {
  const gs = new Float64Array(n + 1);
  const logs = new Float64Array(n + 1);
  for (let count = 0; count <= n; count += 1) {
    gs[count] = gTerm(count, n * share);
    logs[count] = count * Math.log(share) - logFactorial(count);
  }
  return { gs, logs };
}
