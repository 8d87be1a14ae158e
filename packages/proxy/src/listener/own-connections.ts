import type { Socket } from 'node:net';

/**
 * The connections that a proxy has made, so that it knows them when they arrive at itself, by whatever name or
 * address the client called it. Both ends count: one local port can have connections to several servers.
 */
export class OwnConnections {
  readonly #ends = new Set<string>();

  add(made: Socket): void {
    const ends = `${made.localAddress} ${made.localPort} ${made.remoteAddress} ${made.remotePort}`;
    this.#ends.add(ends);
    made.once('close', () => this.#ends.delete(ends));
  }

  /** True when an accepted connection is one that the proxy has made. */
  has(accepted: Socket): boolean {
    const { localAddress, localPort, remoteAddress, remotePort } = accepted;
    return this.#ends.has(`${remoteAddress} ${remotePort} ${localAddress} ${localPort}`);
  }
}
