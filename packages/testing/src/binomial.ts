/**
 * Returns the bounds of the count of n draws with probability p: a count outside has a probability of at most alpha on
 * either side. The bounds are exact, by summing the distribution from its ends.
 */
export function binomialBounds(n: number, p: number, alpha: number): { low: number; high: number } {
  const probability = probabilities(n, p);
  return { low: quantile(probability, alpha), high: n - quantile(probability.toReversed(), alpha) };
}

/** Computes with logarithms, because (1 - p) ** n may be too small for a number. */
function probabilities(n: number, p: number): number[] {
  const all: number[] = [];
  let log = n * Math.log(1 - p);
  for (let k = 0; k <= n; k += 1) {
    all.push(Math.exp(log));
    log += Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return all;
}

function quantile(probability: readonly number[], alpha: number): number {
  let sum = 0;
  return probability.findIndex((one) => (sum += one) > alpha);
}
