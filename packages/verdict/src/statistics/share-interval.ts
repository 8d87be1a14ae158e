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

/**
 * Returns the observed shares of `n` requests that agree with a predicted share: those whose Clopper-Pearson interval covers it. Another
 * one is observed with a probability below alpha.
 */
export function agreeingShares(share: number, n: number, alpha: number): Interval {
  return { low: (n - mostHits(1 - share, n, alpha)) / n, high: mostHits(share, n, alpha) / n };
}

/** Returns the largest number of hits that agrees with a share. */
function mostHits(share: number, n: number, alpha: number): number {
  let [agrees, tooMany] = [0, n + 1];
  while (tooMany - agrees > 1) {
    const count = Math.floor((agrees + tooMany) / 2);
    if (binomialTail(count, n, share) >= alpha / 2) agrees = count;
    else tooMany = count;
  }
  return agrees;
}

function lowerEnd(count: number, n: number, alpha: number): number {
  return count === 0 ? 0 : bisect(0, 1, (share) => binomialTail(count, n, share) >= alpha / 2);
}
