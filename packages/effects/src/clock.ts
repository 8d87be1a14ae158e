/** Time as a parameter, so that tests of delays, timeouts and back-off are exact. */
export interface Clock {
  /** Milliseconds on a monotonic scale. */
  now(): number;
  /** Returns the time of day, for people and logs; it may be set back. */
  date(): Date;
  /** Calls `callback` once, `ms` milliseconds from now; the function returned cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** Limit of setTimeout, 24.8 days; a longer timer fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. A wait longer than 24.8 days ends after 24.8 days. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
