/**
 * The counts k that n draws with probability p give, but for a chance of at most alpha on either side; exact, by
 * summing the distribution from its ends.
 */
export function binomialBounds(n: number, p: number, alpha: number): { low: number; high: number } {
  const probability = probabilities(n, p);
  return { low: quantile(probability, alpha), high: n - quantile(probability.toReversed(), alpha) };
}

/** In logarithms, since (1 - p) ** n is too small for a number. */
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
