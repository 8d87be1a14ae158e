import { regularizedBeta } from './incomplete-beta.js';
import { logFactorial } from './log-gamma.js';

/** Returns the probability of exactly `count` hits in `n` independent requests that each hit with probability `share`. */
export function binomialProbability(count: number, n: number, share: number): number {
  if (share === 0 || share === 1) return count === n * share ? 1 : 0;
  const ways = logFactorial(n) - logFactorial(count) - logFactorial(n - count);
  return Math.exp(ways + count * Math.log(share) + (n - count) * Math.log1p(-share));
}

/** Returns the probability of `count` or more hits. */
export function binomialTail(count: number, n: number, share: number): number {
  return count <= 0 ? 1 : regularizedBeta(share, count, n - count + 1);
}
