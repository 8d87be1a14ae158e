import { Clock } from '../effects/clock.provider.js';

/** A clock that a test advances: `startTestService(app, env, [{ provide: Clock, useValue: clock }])`. */
export class ManualClock extends Clock {
  #now = 0;
  readonly #sleepers = new Set<{ until: number; wake: () => void }>();

  /** Number of waits that have not ended. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  override now(): number {
    return this.#now;
  }

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { until: this.#now + ms, wake: resolve };
    this.#sleepers.add(sleeper);
    signal?.addEventListener('abort', () => {
      this.#sleepers.delete(sleeper);
      reject(signal.reason as Error);
    });
    return promise;
  }

  /** Moves time forward, and ends the waits that are over by then. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
