import { continuedFraction } from './continued-fraction.js';
import { logGamma } from './log-gamma.js';

/**
 * Returns I_x(a, b), the regularized incomplete beta function, for a > 0, b > 0 and x in [0, 1], by the continued fraction of
 * DLMF 8.17.22, on the side of the mean where it converges fast.
 */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(1 - x, b, a);
  const scale = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(scale) / a) * continuedFraction((n) => [n === 1 ? 1 : coefficient(n - 1, x, a, b), 1]);
}

/** Returns the n-th partial numerator (DLMF 8.17.23). */
function coefficient(n: number, x: number, a: number, b: number): number {
  const m = Math.floor(n / 2);
  const divisor = (a + n - 1) * (a + n);
  return n % 2 === 0 ? (m * (b - m) * x) / divisor : (-(a + m) * (a + b + m) * x) / divisor;
}
