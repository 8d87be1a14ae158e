/** From here on the four terms of Stirling's series give every digit that a double has. */
const STIRLING_FROM = 16;

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1), small x moved up by Γ(x + 1) = x Γ(x). */
export function logGamma(x: number): number {
  let product = 1;
  for (; x < STIRLING_FROM; x += 1) product *= x;
  const square = x * x;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

/** ln n! for a whole n >= 0. */
export function logFactorial(n: number): number {
  return logGamma(n + 1);
}
