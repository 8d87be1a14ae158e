import type { PredictedOutcome } from './predicted-outcome.js';

/** A response whose outcome depends on the delay that it had. */
export interface TimedResponse {
  startedAt: number;
  endedAt: number;
  /** Returns the outcome's label for a response with this delay. */
  labelWith: (delayMs: number) => string;
}

/** The outcome of a response. */
export interface TimedOutcome {
  label: string;
  isPredicted: boolean;
  /** It came later than predicted, by the limit or more. */
  isLate: boolean;
}

/** Node's timers and Envoy's may fire a millisecond early. */
const TIMER_ERROR_MS = 2;

/**
 * Returns the outcome of a response: the predicted one with the longest delay that fits in its time. A rule's delay is a lower
 * bound of the time, so an early response is an unpredicted outcome; a late one may be due to a slow machine.
 *
 * @param lateMs the time in addition to a predicted delay from which a response is late
 */
export function timedOutcome(
  { startedAt, endedAt, labelWith }: TimedResponse,
  predicted: readonly PredictedOutcome[],
  lateMs: number,
): TimedOutcome {
  const elapsedMs = endedAt - startedAt;
  const fits = ({ delayMs }: PredictedOutcome) => elapsedMs + TIMER_ERROR_MS >= delayMs;
  const isLateAfter = (delayMs: number) => elapsedMs - delayMs >= lateMs;
  const same = predicted.filter(({ label, delayMs }) => labelWith(delayMs) === label);
  const [longest] = same.filter(fits).toSorted((a, b) => b.delayMs - a.delayMs);
  if (longest) return { label: longest.label, isPredicted: true, isLate: isLateAfter(longest.delayMs) };
  const isEarly = same.length > 0;
  const delayMs = Math.max(0, ...predicted.filter(fits).map((outcome) => outcome.delayMs));
  return {
    label: labelWith(Math.floor(elapsedMs / 1000) * 1000),
    isPredicted: false,
    isLate: !isEarly && isLateAfter(delayMs),
  };
}
