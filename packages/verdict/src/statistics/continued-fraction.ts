/** Replaces a denominator of 0. */
const TINY = 1e-300;
const MAX_TERMS = 100_000;

/**
 * Returns a(1) / (b(1) + a(2) / (b(2) + ...)) by the modified Lentz method (Thompson and Barnett, J. Comput. Phys. 64,
 * 1986), until a term no longer changes the value. `term(n)` returns [a(n), b(n)], with n from 1.
 */
export function continuedFraction(term: (n: number) => [a: number, b: number]): number {
  let value = TINY;
  let c = TINY;
  let d = 0;
  for (let n = 1; n <= MAX_TERMS; n += 1) {
    const [a, b] = term(n);
    c = awayFromZero(b + a / c);
    d = 1 / awayFromZero(b + a * d);
    value *= c * d;
    if (Math.abs(c * d - 1) <= Number.EPSILON) break;
  }
  return value;
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
