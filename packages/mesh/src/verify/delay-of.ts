/**
 * How much later than predicted an answer may come: less is no delay that a rule makes, it may be a machine that has more
 * to do. The price is that an unpredicted delay shows only from two seconds on.
 */
const LATENESS_MS = 1900;

/** The predicted delay that an answer took, else its time in whole seconds. */
export function delayOf(elapsedMs: number, predicted: readonly number[]): number {
  const delay = predicted.toSorted((a, b) => b - a).find((each) => elapsedMs >= each);
  if (delay !== undefined && elapsedMs - delay <= LATENESS_MS) return delay;
  return Math.round(elapsedMs / 1000) * 1000;
}
