import { firstWhere } from './first-where.js';
import { upperGamma } from './incomplete-gamma.js';
import { logFactorial } from './log-gamma.js';

/** The chance that a chi-square variable with `df` degrees of freedom is `x` or more; without any it is always 0. */
export function chiSquareTail(x: number, df: number): number {
  if (df === 0) return x <= 0 ? 1 : 0;
  return upperGamma(df / 2, x / 2);
}

/** The x that a chi-square variable reaches with probability `tail`. */
export function chiSquareCriticalValue(tail: number, df: number): number {
  let high = 1;
  while (chiSquareTail(high, df) > tail) high *= 2;
  return firstWhere(0, high, (x) => chiSquareTail(x, df) <= tail);
}

/** The z that a standard normal variable exceeds with probability `tail`; its square is chi-square with df 1. */
export function normalCriticalValue(tail: number): number {
  if (tail > 0.5) return -normalCriticalValue(1 - tail);
  return Math.sqrt(chiSquareCriticalValue(2 * tail, 1));
}

/** The same tail when the mean is off by a non-centrality: a Poisson mixture of central ones. */
export function noncentralChiSquareTail(x: number, df: number, noncentrality: number): number {
  if (noncentrality === 0) return chiSquareTail(x, df);
  const mean = noncentrality / 2;
  const last = Math.ceil(mean + 10 * Math.sqrt(mean) + 30);
  let sum = 0;
  for (let j = 0; j <= last; j += 1) {
    sum += Math.exp(j * Math.log(mean) - mean - logFactorial(j)) * chiSquareTail(x, df + 2 * j);
  }
  return sum;
}

/** The non-centrality with which that tail reaches `power`. */
export function noncentralityFor(x: number, df: number, power: number): number {
  let high = 1;
  while (noncentralChiSquareTail(x, df, high) < power) high *= 2;
  return firstWhere(0, high, (noncentrality) => noncentralChiSquareTail(x, df, noncentrality) >= power);
}
