/** How much later than predicted an answer may come: whole seconds are what faults and time limits are made of. */
const LATENESS_MS = 900;

/** The predicted delay that an answer took, else its time in whole seconds. */
export function delayOf(elapsedMs: number, predicted: readonly number[]): number {
  const delay = predicted.toSorted((a, b) => b - a).find((each) => elapsedMs >= each);
  if (delay !== undefined && elapsedMs - delay <= LATENESS_MS) return delay;
  return Math.round(elapsedMs / 1000) * 1000;
}
