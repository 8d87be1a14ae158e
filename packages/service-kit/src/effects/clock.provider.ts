import { setTimeout as sleep } from 'node:timers/promises';

/** The system's clock, injected so that a test can replace it with a ManualClock. */
export class Clock {
  /** Returns milliseconds on a monotonic scale. */
  now(): number {
    return performance.now();
  }

  /**
   * Waits `ms` milliseconds.
   *
   * @throws {Error} an AbortError, when `signal` aborts the wait
   */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { ...(signal && { signal }) });
  }
}
