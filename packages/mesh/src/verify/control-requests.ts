import { sleep, type Clock } from '@bookinfo/effects';

const PAUSE_MS = 10;

interface Round {
  startedAt: number;
  endedAt: number;
}

/**
 * Measures how slow processes and machine are while requests are sent: it sends rounds of control requests, which no rule
 * affects, one after the other.
 */
export class ControlRequests {
  readonly #clock: Clock;
  readonly #rounds: Round[] = [];
  readonly #stop = new AbortController();
  readonly #finished: Promise<void>;

  /** @param sendRound sends one request to each process on the way; errors count by the time that they took */
  constructor(sendRound: () => Promise<unknown>, clock: Clock) {
    this.#clock = clock;
    this.#finished = this.#run(sendRound);
  }

  /** Ends after the round in flight. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#finished;
  }

  /** Returns the time of the slowest round, in milliseconds, that was in flight in this period. */
  slowestDuring(startedAt: number, endedAt: number): number {
    const rounds = this.#rounds.filter((round) => round.startedAt <= endedAt && round.endedAt >= startedAt);
    return rounds.reduce((slowest, round) => Math.max(slowest, round.endedAt - round.startedAt), 0);
  }

  /** Returns the share of rounds that took `ms` or longer. */
  shareFrom(ms: number): number {
    const slow = this.#rounds.filter(({ startedAt, endedAt }) => endedAt - startedAt >= ms);
    return slow.length / Math.max(1, this.#rounds.length);
  }

  async #run(sendRound: () => Promise<unknown>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const startedAt = this.#clock.now();
      // The pause counts, so that no stall goes unnoticed.
      await sleep(this.#clock, PAUSE_MS, signal).catch(() => undefined);
      if (!signal.aborted) await sendRound().catch(() => undefined);
      this.#rounds.push({ startedAt, endedAt: this.#clock.now() });
    }
  }
}
