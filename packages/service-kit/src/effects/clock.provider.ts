import { setTimeout as sleep } from 'node:timers/promises';

/** The passing of time. */
export class Clock {
  /** Milliseconds since some moment in the past. */
  now(): number {
    return performance.now();
  }

  async sleep(ms: number): Promise<void> {
    await sleep(ms);
  }
}
