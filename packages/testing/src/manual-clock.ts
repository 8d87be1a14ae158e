import type { Clock } from '@bookinfo/effects';

interface Timer {
  dueAt: number;
  ms: number;
  callback: () => void;
}

/** A clock that moves only when `advance` is called. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();
  #onTimer: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  /** Returns the time since the clock was made as a date of 1970. */
  date(): Date {
    return new Date(this.#now);
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { dueAt: this.#now + ms, ms, callback };
    this.#timers.add(timer);
    for (const notify of this.#onTimer.splice(0)) notify();
    return () => this.#timers.delete(timer);
  }

  /** The durations of the pending timers, in milliseconds. */
  get waits(): number[] {
    return [...this.#timers].map((timer) => timer.ms);
  }

  /** Resolves when there is a timer of exactly `ms`. */
  async waitFor(ms: number): Promise<void> {
    while (!this.waits.includes(ms)) await new Promise<void>((resolve) => this.#onTimer.push(resolve));
  }

  /** Moves the time on, and fires the timers that are due, in the order of their times. */
  advance(ms: number): void {
    this.#now += ms;
    const due = [...this.#timers].filter((timer) => timer.dueAt <= this.#now);
    for (const timer of due.toSorted((one, other) => one.dueAt - other.dueAt)) {
      this.#timers.delete(timer);
      timer.callback();
    }
  }
}
