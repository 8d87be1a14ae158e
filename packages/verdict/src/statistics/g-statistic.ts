/** Relative rounding error of G, since sums in another order differ in the last digits. */
const ROUNDING = 1e-9;

/** Returns one outcome's term of G: 2 O ln(O / E), or 0 when O is 0. */
export function gTerm(count: number, expected: number): number {
  return count === 0 ? 0 : 2 * count * Math.log(count / expected);
}

/**
 * Returns the likelihood ratio statistic G = 2 Σ O ln(O / E) of counts against shares that add up to 1, all above 0: 0 when
 * they agree exactly; approximately chi-square with one degree of freedom less than outcomes when the shares are true.
 */
export function gStatistic(counts: readonly number[], shares: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, i) => sum + gTerm(count, n * (shares[i] ?? Number.NaN)), 0);
}

/** Returns true when `g` is at least `observed`, up to rounding. */
export function atLeastAsFar(g: number, observed: number): boolean {
  return g >= observed - ROUNDING * (1 + observed);
}
