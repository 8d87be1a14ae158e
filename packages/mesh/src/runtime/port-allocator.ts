import { createServer } from 'node:net';
import { type Random, LOOPBACK } from '@bookinfo/effects';

/**
 * Below the range from which systems take ports for outgoing connections and for `listen(0)` (32768 on Linux, 49152
 * elsewhere): between our look and the pod's own `listen` nothing can take the port by chance.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_767;
const MAX_TRIES = 100;

/** Hands out free loopback ports, none of them twice while it is in use. */
export class PortAllocator {
  readonly #random: Random;
  readonly #inUse = new Set<number>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Throws an Error when a hundred ports in a row are taken. */
  async allocate(): Promise<number> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const port = FIRST_PORT + Math.floor(this.#random() * (LAST_PORT - FIRST_PORT + 1));
      if (this.#inUse.has(port)) continue;
      this.#inUse.add(port);
      if (await isFree(port)) return port;
      this.#inUse.delete(port);
    }
    throw new Error(`no free port of ${LOOPBACK} found between ${FIRST_PORT} and ${LAST_PORT}`);
  }

  release(port: number): void {
    this.#inUse.delete(port);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}
