/** From here on four terms of Stirling's series are exact to the precision of a double. */
const STIRLING_FROM = 16;

/** Returns ln Γ(x) for x > 0 by Stirling's series (DLMF 5.11.1), after raising a small x by Γ(x + 1) = x Γ(x). */
export function logGamma(x: number): number {
  let product = 1;
  for (; x < STIRLING_FROM; x += 1) product *= x;
  const square = x * x;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

/** Returns ln n! for an integer n >= 0. */
export function logFactorial(n: number): number {
  return logGamma(n + 1);
}
