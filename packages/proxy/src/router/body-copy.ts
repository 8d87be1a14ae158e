import type { BodySink, BodySource } from '../http1/body.js';
import type { MirrorBudget } from './mirror-budget.js';

/** A copy of a request's body for a mirror. It never delays the request, and is abandoned when it exceeds the budget. */
export class BodyCopy implements BodySource, BodySink {
  readonly #budget: MirrorBudget;
  readonly #onAbandoned: () => void;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #sink: BodySink | undefined;
  #hasRoom = false;
  #isComplete = false;
  #isStopped = false;

  constructor(budget: MirrorBudget, onAbandoned: () => void) {
    this.#budget = budget;
    this.#onAbandoned = onAbandoned;
  }

  write(data: Buffer): boolean {
    if (this.#isStopped) return true;
    if (this.#hasRoom) this.#hasRoom = this.#sink?.write(data) === true;
    else if (this.#budget.take(data.length)) {
      this.#queue.push(data);
      this.#queuedBytes += data.length;
    } else this.abandon();
    return true;
  }

  end(): void {
    this.#isComplete = true;
    if (this.#queue.length === 0) this.#sink?.end();
  }

  /** Stops the copy: the rest of the body will not arrive, or exceeds the budget. */
  abandon(): void {
    if (this.#isStopped) return;
    this.stop();
    this.#onAbandoned();
  }

  sendTo(sink: BodySink): void {
    this.#sink = sink;
    this.resume();
  }

  resume(): void {
    this.#hasRoom = true;
    while (this.#hasRoom) {
      const data = this.#queue.shift();
      if (!data) break;
      this.#free(data.length);
      this.#hasRoom = this.#sink?.write(data) === true;
    }
    if (this.#isComplete && this.#queue.length === 0) this.#sink?.end();
  }

  stop(): void {
    this.#isStopped = true;
    this.#sink = undefined;
    this.#queue = [];
    this.#free(this.#queuedBytes);
  }

  #free(bytes: number): void {
    this.#queuedBytes -= bytes;
    this.#budget.free(bytes);
  }
}
