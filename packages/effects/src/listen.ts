import type { Server } from 'node:net';

/** Resolves when the server listens. Throws Node's error when it can't, with `code` EADDRINUSE or EACCES. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
