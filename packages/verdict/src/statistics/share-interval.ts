import { binomialTail } from './binomial.js';
import { bisect } from './bisect.js';

/** A closed interval of shares from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Returns the Clopper-Pearson interval (Biometrika 26, 1934) for `count` of `n`. It covers the true share, whatever that is,
 * with probability 1 - alpha or more.
 */
export function clopperPearson(count: number, n: number, alpha: number): Interval {
  return { low: lowerEnd(count, n, alpha), high: 1 - lowerEnd(n - count, n, alpha) };
}

function lowerEnd(count: number, n: number, alpha: number): number {
  return count === 0 ? 0 : bisect(0, 1, (share) => binomialTail(count, n, share) >= alpha / 2);
}
