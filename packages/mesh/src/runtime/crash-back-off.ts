/** Half a second for a start; Kubernetes begins with ten, which is too long to look at. */
const FIRST_MS = 500;
const LONGEST_MS = 60_000;
/** A program that ran this long is forgiven its earlier crashes. */
const FORGIVEN_AFTER_MS = 60_000;

/** How long to wait before a program that ended by itself is started again: twice as long each time. */
export class CrashBackOff {
  #crashes = 0;

  /** `ranMs` is how long it ran this time. */
  nextMs(ranMs: number): number {
    if (ranMs >= FORGIVEN_AFTER_MS) this.#crashes = 0;
    const waitMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#crashes);
    this.#crashes += 1;
    return waitMs;
  }
}
