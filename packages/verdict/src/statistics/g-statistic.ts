/** Two statistics closer than this come from the same counts in another order of adding. */
const ROUNDING = 1e-9;

/** One outcome's part of G: 2 O ln(O / E), 0 when it was not seen. */
export function gTerm(count: number, expected: number): number {
  return count === 0 ? 0 : 2 * count * Math.log(count / expected);
}

/**
 * The likelihood ratio statistic G = 2 Σ O ln(O / E) of counts against shares that add up to 1, all above 0: 0 when
 * they agree exactly, about chi-square with one degree of freedom less than there are outcomes when the shares hold.
 */
export function gStatistic(counts: readonly number[], shares: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, i) => sum + gTerm(count, n * (shares[i] ?? Number.NaN)), 0);
}

/** Whether `g` lies as far from the shares as `observed` does, or farther. */
export function atLeastAsFar(g: number, observed: number): boolean {
  return g >= observed - ROUNDING * (1 + observed);
}
