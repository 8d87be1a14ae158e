import { createServer, type AddressInfo } from 'node:net';
import { listen } from './listen.js';
import { LOOPBACK } from './loopback.js';

/**
 * Returns a port that is free on the loopback address, for a program that takes its port as a setting.
 *
 * @throws {Error} when no port is free.
 */
export async function freePort(): Promise<number> {
  await using server = createServer();
  await listen(server, 0, LOOPBACK);
  return (server.address() as AddressInfo).port;
}
