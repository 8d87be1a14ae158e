import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startBackend, startTcpBackend, ManualClock } from '@bookinfo/testing';
import { clusterOf } from '@bookinfo/routing/testing';
import { systemClock, type Clock } from '@bookinfo/effects';
import { HeaderList, type Endpoint } from '@bookinfo/routing';
import { ConnectionPool } from './connection-pool.js';
import { sendUpstream, type UpstreamRequest } from './upstream-request.js';
import type { UpstreamResponse } from './upstream-response.js';

/** A pool that ends with its test, and the connections that it has opened. */
function startPool(clock: Clock = systemClock) {
  const opened: Socket[] = [];
  const pool = new ConnectionPool(clock, (socket) => opened.push(socket));
  return { pool, opened, [Symbol.dispose]: () => pool.destroy() };
}

async function send(
  pool: ConnectionPool,
  endpoint: Endpoint,
  parts: Partial<UpstreamRequest> = {},
): Promise<string> {
  return await bodyOf(await open(pool, endpoint, parts));
}

function open(pool: ConnectionPool, endpoint: Endpoint, parts: Partial<UpstreamRequest> = {}) {
  const request = {
    cluster: clusterOf(),
    endpoint,
    method: 'GET',
    path: '/',
    headers: new HeaderList([['host', 'reviews']]),
  };
  return sendUpstream({ ...request, ...parts }, pool, new AbortController().signal);
}

function bodyOf(response: UpstreamResponse): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    response.sendTo({
      write: (data) => Boolean((body += data.toString())),
      end: (last) => resolve(body + (last?.toString() ?? '')),
      fail: reject,
    });
  });
}

test('a connection is reused', async () => {
  await using backend = await startBackend('reviews-v1');
  using upstream = startPool();
  expect(await send(upstream.pool, backend.endpoint)).toBe('reviews-v1');
  expect(await send(upstream.pool, backend.endpoint)).toBe('reviews-v1');
  expect(upstream.opened).toHaveLength(1);
});

test('no request is sent on a connection that the backend is about to close', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1');
  backend.server.keepAliveTimeout = 5000;
  using upstream = startPool(clock);
  await send(upstream.pool, backend.endpoint);
  clock.advance(3999);
  await send(upstream.pool, backend.endpoint);
  expect(upstream.opened).toHaveLength(1);
  clock.advance(4000);
  await send(upstream.pool, backend.endpoint);
  expect(upstream.opened).toHaveLength(2);
});

test.each([
  ['announces its close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
  ['sends more than one response', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'.repeat(2)],
  ['speaks HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
])('the connection of a backend that %s is not reused', async (_, response) => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => socket.write(response)),
  );
  using upstream = startPool();
  expect(await send(upstream.pool, backend.endpoint)).toBe('ok');
  expect(await send(upstream.pool, backend.endpoint)).toBe('ok');
  expect(upstream.opened).toHaveLength(2);
});

test('a response without a request is not given to the next request', async () => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')),
  );
  using upstream = startPool();
  await send(upstream.pool, backend.endpoint);
  const [opened] = upstream.opened;
  if (!opened) throw new Error('no connection was opened');
  const closed = once(opened, 'close');
  opened.emit('data', Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison'));
  await closed;
  expect(await send(upstream.pool, backend.endpoint)).toBe('ok');
  expect(upstream.opened).toHaveLength(2);
});

test('a connection on which half a body was sent is not reused', async () => {
  await using backend = await startBackend('reviews-v1');
  using upstream = startPool();
  const body = { sendTo: () => undefined, resume: () => undefined, stop: () => undefined };
  const headers = HeaderList.fromRaw(['host', 'reviews', 'transfer-encoding', 'chunked']);
  await send(upstream.pool, backend.endpoint, { method: 'POST', headers, body, isChunked: true });
  await send(upstream.pool, backend.endpoint);
  expect(upstream.opened).toHaveLength(2);
});

test('a response whose reader has not begun stays in the backend', async () => {
  const chunk = Buffer.alloc(64 * 1024);
  let sent = 0;
  await using backend = await startBackend('reviews-v1', (_, response) => {
    const write = (): void => {
      while (sent < 100_000_000 && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', write);
    write();
  });
  using upstream = startPool();
  const response = await open(upstream.pool, backend.endpoint);
  const [opened] = upstream.opened;
  await expect.poll(() => opened?.isPaused()).toBe(true);
  expect(opened?.bytesRead).toBeLessThan(1_000_000);
  response.discard(new Error('not needed'));
  expect(opened?.destroyed).toBe(true);
});
