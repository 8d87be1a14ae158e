/** Lateness, in addition to the slowness of control requests, from which a delay is not one of those predicted. */
const LATENESS_MS = 2000;
/** A request has about three turns in each process for one of a control request: it is forwarded, and so is its response. */
const SLOWNESS_FACTOR = 3;
/** Node's timers and Envoy's may fire a millisecond early. */
const TIMER_ERROR_MS = 2;

/**
 * Returns the delay that a response had, in milliseconds: the longest predicted one that fits in its time, or its time in whole
 * seconds when it is earlier than any predicted delay, or later than slowness explains.
 *
 * A rule's delay is a lower bound of the time, so an early response refutes it. A late one may be due to a slow machine, which
 * `slownessMs` measures: the time of the slowest control request meanwhile. So an unpredicted delay is detected when it is
 * longer than 2 s and three times that.
 */
export function observedDelay(elapsedMs: number, predicted: readonly number[], slownessMs: number): number {
  const delay = predicted.toSorted((a, b) => b - a).find((each) => elapsedMs + TIMER_ERROR_MS >= each);
  if (delay !== undefined && elapsedMs - delay <= LATENESS_MS + SLOWNESS_FACTOR * slownessMs) return delay;
  return Math.floor(elapsedMs / 1000) * 1000;
}
