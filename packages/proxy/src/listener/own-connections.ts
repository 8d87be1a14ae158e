import type { Socket } from 'node:net';

/**
 * The connections that a proxy has opened. It recognizes them when they arrive at itself, whatever name or address the
 * client called it by. Both ends are compared: one local port can have connections to several servers.
 */
export class OwnConnections {
  readonly #ends = new Set<string>();

  add(opened: Socket): void {
    const ends = `${opened.localAddress} ${opened.localPort} ${opened.remoteAddress} ${opened.remotePort}`;
    this.#ends.add(ends);
    opened.once('close', () => this.#ends.delete(ends));
  }

  /** Returns true when an accepted connection is one that the proxy has opened. */
  has(accepted: Socket): boolean {
    const { localAddress, localPort, remoteAddress, remotePort } = accepted;
    return this.#ends.has(`${remoteAddress} ${remotePort} ${localAddress} ${localPort}`);
  }
}
