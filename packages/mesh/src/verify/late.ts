import type { PredictedOutcome } from './predicted-outcome.js';

/** The time in addition to a predicted delay from which a response is late, in milliseconds. */
export const LATE_MS = 1000;
/** Time after the longest predicted delay at which a request is given up; it is late long before. */
const PATIENCE_MS = 10_000;

/** Returns the time limit for a request with these predicted outcomes, in milliseconds. */
export function timeLimitFor(predicted: readonly PredictedOutcome[]): number {
  return PATIENCE_MS + Math.max(0, ...predicted.map(({ delayMs }) => delayMs));
}
