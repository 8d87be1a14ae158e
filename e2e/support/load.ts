import { setTimeout as sleep } from 'node:timers/promises';

/** Requests that are sent at a steady rate until the end of the block. */
export class Load<T> implements AsyncDisposable {
  readonly #sent: Promise<T>[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(send: () => Promise<T>, periodMs: number) {
    this.#timer = setInterval(() => this.#sent.push(send()), periodMs);
  }

  /** Returns the results of the next requests that are sent. */
  async next(requests: number): Promise<T[]> {
    const first = this.#sent.length;
    while (this.#sent.length < first + requests) await sleep(10);
    return await Promise.all(this.#sent.slice(first, first + requests));
  }

  /** Ends the load, and returns the results of all requests. */
  async end(): Promise<T[]> {
    clearInterval(this.#timer);
    return await Promise.all(this.#sent);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}
