import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections a server has open. */
export class OpenConnections {
  private readonly sockets = new Set<Socket>();

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  get count(): number {
    return this.sockets.size;
  }

  /** Closes those that never sent a byte, which `server.closeIdleConnections()` leaves open. */
  closeSilent(): void {
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
