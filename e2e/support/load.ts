import { setTimeout as sleep } from 'node:timers/promises';

/** A slow machine gets fewer requests, or it would answer them ever later. */
const MAX_IN_FLIGHT = 8;

/** Requests that are sent at a steady rate until the end of the block. */
export class Load<T> implements AsyncDisposable {
  readonly #sent: Promise<T>[] = [];
  readonly #send: () => Promise<T>;
  readonly #timer: NodeJS.Timeout;
  #inFlight = 0;

  constructor(send: () => Promise<T>, periodMs: number) {
    this.#send = send;
    this.#timer = setInterval(() => {
      if (this.#inFlight < MAX_IN_FLIGHT) this.#sent.push(this.#request());
    }, periodMs);
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

  async #request(): Promise<T> {
    this.#inFlight += 1;
    try {
      return await this.#send();
    } finally {
      this.#inFlight -= 1;
    }
  }
}

/** A page every 40 ms. */
const PERIOD_MS = 40;

/** Sends requests at a steady rate while an action runs, and returns the results of all of them. */
export async function underLoad<T>(
  send: () => Promise<T>,
  action: (load: Load<T>) => Promise<void>,
): Promise<T[]> {
  await using load = new Load(send, PERIOD_MS);
  // Some before the action.
  await load.next(5);
  await action(load);
  return await load.end();
}
