import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server. */
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

  /** Closes connections that have never sent a byte: `server.closeIdleConnections()` leaves them open. */
  closeSilent(): void {
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
