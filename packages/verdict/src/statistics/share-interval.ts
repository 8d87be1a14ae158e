import { binomialTail } from './binomial.js';
import { firstWhere } from './first-where.js';

/** Both ends belong to it; shares are 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The true shares that explain `count` of `n` with at least alpha/2 on either side: Clopper and Pearson (Biometrika 26,
 * 1934). It covers the true share with probability 1 - alpha or more, whatever that share is.
 */
export function clopperPearson(count: number, n: number, alpha: number): Interval {
  return { low: lowerEnd(count, n, alpha), high: 1 - lowerEnd(n - count, n, alpha) };
}

function lowerEnd(count: number, n: number, alpha: number): number {
  return count === 0 ? 0 : firstWhere(0, 1, (share) => binomialTail(count, n, share) >= alpha / 2);
}
