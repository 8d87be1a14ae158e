import { createServer } from 'node:net';
import { type Random, LOOPBACK } from '@bookinfo/effects';

/**
 * The range ends below the ephemeral ports (from 32768 on Linux, from 49152 elsewhere): otherwise an outgoing connection
 * or `listen(0)` could take a port between the check here and the pod's own `listen`.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_767;
const MAX_ATTEMPTS = 100;

/** Allocates free loopback ports. */
export class PortAllocator {
  readonly #random: Random;
  readonly #inUse = new Set<number>();

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Returns a port that is free and not allocated.
   * @throws {Error} when 100 random ports in a row are taken.
   */
  async allocate(): Promise<number> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const port = FIRST_PORT + Math.floor(this.#random() * (LAST_PORT - FIRST_PORT + 1));
      if (this.#inUse.has(port)) continue;
      this.#inUse.add(port);
      if (await isFree(port)) return port;
      this.#inUse.delete(port);
    }
    throw new Error(`no free port of ${LOOPBACK} found between ${FIRST_PORT} and ${LAST_PORT}`);
  }

  /** Makes the port available again. */
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
