import type { Socket } from 'node:net';

/**
 * The connections that a proxy has made, so that it knows them when they arrive at itself, by whatever name or
 * address the client called it.
 */
export class OwnConnections {
  readonly #localEnds = new Set<string>();

  add(socket: Socket): void {
    const end = `${socket.localAddress} ${socket.localPort}`;
    this.#localEnds.add(end);
    socket.once('close', () => this.#localEnds.delete(end));
  }

  /** True when the far end of an accepted connection is one of ours. */
  has(accepted: Socket): boolean {
    return this.#localEnds.has(`${accepted.remoteAddress} ${accepted.remotePort}`);
  }
}
