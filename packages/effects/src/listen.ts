import type { Server } from 'node:net';

/**
 * Resolves when the server listens.
 *
 * @throws {Error} when it cannot listen, with Node's `code`, such as EADDRINUSE or EACCES.
 */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
