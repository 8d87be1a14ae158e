import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOOPBACK } from '@bookinfo/effects';
import type { Mesh } from './mesh.ts';

const REQUESTS = 3000;
const STAYS_MS = 8000;

/** Pipelines many pages on one connection, reads what comes, and leaves after some seconds. */
export async function pipeline(mesh: Mesh): Promise<void> {
  const socket = connect(mesh.port, LOOPBACK);
  socket
    .on('error', () => undefined)
    .resume()
    .write('GET /productpage HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(REQUESTS));
  await sleep(STAYS_MS);
  socket.destroy();
}
