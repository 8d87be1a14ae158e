import { logFactorial } from './log-gamma.js';

/**
 * Returns the probability that at least `count` of `marked` items are among `drawn` ones, when those are drawn at random from
 * `total` items without replacement.
 */
export function hypergeometricTail(count: number, drawn: number, marked: number, total: number): number {
  const most = Math.min(drawn, marked);
  const least = Math.max(0, drawn + marked - total);
  if (count <= least) return 1;
  if (count > most) return 0;
  // Below the mean the first term may underflow; then the other tail is summed.
  if (count * total <= drawn * marked)
    return 1 - hypergeometricTail(drawn - count + 1, drawn, total - marked, total);
  let term = Math.exp(
    logChoose(marked, count) + logChoose(total - marked, drawn - count) - logChoose(total, drawn),
  );
  let tail = term;
  for (let each = count; each < most && term > tail * Number.EPSILON; each += 1) {
    term *= ((marked - each) * (drawn - each)) / ((each + 1) * (total - marked - drawn + each + 1));
    tail += term;
  }
  return Math.min(1, tail);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
