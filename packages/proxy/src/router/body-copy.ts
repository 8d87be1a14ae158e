import type { BodySink } from '../http1/body-sink.js';
import type { BodySource } from '../http1/body-source.js';
import type { MirrorBudget } from './mirror-budget.js';

/** A request's body on its way to a mirror: never waits for it, and gives up where too much would have to be kept. */
export class BodyCopy implements BodySource, BodySink {
  readonly #budget: MirrorBudget;
  readonly #giveUp: () => void;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #sink: BodySink | undefined;
  #hasRoom = false;
  #isComplete = false;
  #isOver = false;

  constructor(budget: MirrorBudget, giveUp: () => void) {
    this.#budget = budget;
    this.#giveUp = giveUp;
  }

  write(data: Buffer): boolean {
    if (this.#isOver) return true;
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

  /** The rest of the body won't come. */
  abandon(): void {
    if (this.#isOver) return;
    this.stop();
    this.#giveUp();
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
    this.#isOver = true;
    this.#sink = undefined;
    this.#queue = [];
    this.#free(this.#queuedBytes);
  }

  #free(bytes: number): void {
    this.#queuedBytes -= bytes;
    this.#budget.free(bytes);
  }
}
