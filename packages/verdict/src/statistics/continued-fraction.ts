/** Stands in for a zero that would be divided by. */
const TINY = 1e-300;
const MAX_TERMS = 100_000;

/**
 * a(1) / (b(1) + a(2) / (b(2) + ...)) by Lentz's method as Thompson and Barnett changed it (J. Comput. Phys. 64, 1986),
 * until a term changes nothing. `term(n)` gives [a(n), b(n)], n from 1.
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
