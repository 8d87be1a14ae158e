import { continuedFraction } from './continued-fraction.js';
import { logGamma } from './log-gamma.js';

/**
 * Returns Q(a, x) = Γ(a, x) / Γ(a), the regularized upper incomplete gamma function, for a > 0 and x >= 0. The series
 * (DLMF 8.7.1) converges fast below a + 1, the continued fraction (DLMF 8.9.2, contracted) above.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) return Math.max(0, 1 - scale * lowerSeries(a, x));
  return scale * continuedFraction((n) => [n === 1 ? 1 : (n - 1) * (a - n + 1), x - a + 2 * n - 1]);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * Number.EPSILON; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}
