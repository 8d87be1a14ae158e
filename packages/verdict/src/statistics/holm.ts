/**
 * Holm's step-down procedure (Scand. J. Statist. 6, 1979) as the one threshold it comes to: the hypotheses it rejects are
 * those with a p-value at or below. It keeps the chance of any false rejection among all of them at `alpha`.
 *
 * Holm compares the i-th smallest of m p-values with alpha / (m - i + 1) and stops at the first that is larger. Those before
 * lie below that last divisor's threshold too, those after lie above it.
 */
export function holmThreshold(pValues: readonly number[], alpha: number): number {
  const ascending = pValues.toSorted((a, b) => a - b);
  const stop = ascending.findIndex((p, i) => p > alpha / (ascending.length - i));
  return stop === -1 ? alpha : alpha / (ascending.length - stop);
}
