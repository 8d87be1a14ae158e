import { bisect } from './bisect.js';
import { upperGamma } from './incomplete-gamma.js';
import { logFactorial } from './log-gamma.js';

/** Returns P(X >= x) of a chi-square variable X with `df` degrees of freedom; with 0 degrees X is always 0. */
export function chiSquareTail(x: number, df: number): number {
  if (df === 0) return x <= 0 ? 1 : 0;
  return upperGamma(df / 2, x / 2);
}

/** Returns the x with P(X >= x) = `tail` for a chi-square variable X with `df` degrees of freedom. */
export function chiSquareCriticalValue(tail: number, df: number): number {
  let high = 1;
  while (chiSquareTail(high, df) > tail) high *= 2;
  return bisect(0, high, (x) => chiSquareTail(x, df) <= tail);
}

/** Returns the z with P(Z > z) = `tail` for a standard normal variable Z, whose square is chi-square with df 1. */
export function normalCriticalValue(tail: number): number {
  if (tail > 0.5) return -normalCriticalValue(1 - tail);
  return Math.sqrt(chiSquareCriticalValue(2 * tail, 1));
}

/** Returns P(X >= x) of a noncentral chi-square variable X, as a Poisson mixture of central ones. */
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

/** Returns the noncentrality with which P(X >= x) is `power`. */
export function noncentralityFor(x: number, df: number, power: number): number {
  let high = 1;
  while (noncentralChiSquareTail(x, df, high) < power) high *= 2;
  return bisect(0, high, (noncentrality) => noncentralChiSquareTail(x, df, noncentrality) >= power);
}
