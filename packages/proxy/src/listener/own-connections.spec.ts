import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { OwnConnections } from './own-connections.js';

/** The local end of a connection: its addresses and its `close` event. */
function end(localPort: number, remotePort: number): Socket {
  const addresses = { localAddress: '127.0.0.1', remoteAddress: '127.0.0.1' };
  return Object.assign(new EventEmitter() as Socket, { ...addresses, localPort, remotePort });
}

test('a connection is recognized by its other end until it is closed', () => {
  const own = new OwnConnections();
  const made = end(40_000, 15_001);
  own.add(made);
  expect(own.has(end(15_001, 40_000))).toBe(true);
  made.emit('close');
  expect(own.has(end(15_001, 40_000))).toBe(false);
});

test('a client may have the same port as a connection of the proxy to another server', () => {
  const own = new OwnConnections();
  own.add(end(40_000, 9080));
  expect(own.has(end(15_001, 40_000))).toBe(false);
});
