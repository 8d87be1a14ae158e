/**
 * Returns the threshold of Holm's step-down procedure (Scand. J. Statist. 6, 1979): it rejects the hypotheses with a p-value
 * of at most this. The probability of any false rejection among all of them is at most `alpha`.
 *
 * Holm compares the i-th smallest of m p-values with alpha / (m - i + 1) and stops at the first that is larger. The p-values
 * before it are below the threshold of that step as well, those after it are above.
 */
export function holmThreshold(pValues: readonly number[], alpha: number): number {
  const ascending = pValues.toSorted((a, b) => a - b);
  const stop = ascending.findIndex((p, i) => p > alpha / (ascending.length - i));
  return stop === -1 ? alpha : alpha / (ascending.length - stop);
}
