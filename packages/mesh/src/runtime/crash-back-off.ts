/** Kubernetes begins with 10 s, too long for a person who waits. */
const INITIAL_MS = 500;
const MAX_MS = 60_000;
/** A run of this length resets the back-off. */
const RESET_AFTER_MS = 60_000;

/** Exponential back-off between restarts of a program that ended by itself. */
export class CrashBackOff {
  #crashes = 0;

  /** Returns the time to wait before the next start; `ranMs` is the length of the last run. */
  nextMs(ranMs: number): number {
    if (ranMs >= RESET_AFTER_MS) this.#crashes = 0;
    const waitMs = Math.min(MAX_MS, INITIAL_MS * 2 ** this.#crashes);
    this.#crashes += 1;
    return waitMs;
  }
}
