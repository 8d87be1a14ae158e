import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ask, askRaw, ManualClock, startBackend, startTcpBackend, type Backend } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { isSilent } from './malformed-request.js';
import { Proxy } from './proxy.js';
import { IDLE_TIMEOUT_MS } from './server-limits.js';

const HOST = 'Host: reviews\r\n';
const get = (path: string): string => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`;
const LAST = `GET /last HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;
const UPGRADE = `GET /upgrade HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;

const start = (backend: { endpoint: Backend['endpoint'] }, clock?: ManualClock): Promise<Proxy> =>
  Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
    ...(clock && { clock }),
  });

const statuses = (answer: string): string[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status ?? '');

/** Opens a connection that resets nothing and collects what it receives. */
function client(port: number): { socket: Socket; received: () => string } {
  const chunks: Buffer[] = [];
  const socket = connect(port, '127.0.0.1');
  socket.on('data', (data: Buffer) => chunks.push(data)).on('error', () => undefined);
  return { socket, received: () => Buffer.concat(chunks).toString('latin1') };
}

test('of 1,000 pipelined requests one at a time is at the backend, and all are answered in order', async () => {
  const seen: (string | undefined)[] = [];
  let [now, peak] = [0, 0];
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen.push(request.url);
    peak = Math.max(peak, (now += 1));
    setImmediate(() => {
      now -= 1;
      response.end(request.url);
    });
  });
  await using proxy = await start(backend);
  const paths = Array.from({ length: 1000 }, (_, index) => `/${index}`);
  const answer = await askRaw(proxy.port, paths.map(get).join('') + LAST);
  expect(peak).toBe(1);
  expect(seen).toEqual([...paths, '/last']);
  expect([...answer.matchAll(/^(\/\w+)(?:HTTP|$)/gm)].map(([, path]) => path)).toEqual(seen);
});

test.each([
  ['bytes that are no request', 'NONSENSE\r\n\r\n', ['200', '400']],
  ['a request of HTTP/1.0 and one more', `GET / HTTP/1.0\r\n${HOST}\r\n${get('/more')}`, ['200', '426']],
  [
    'a request with an unknown coding',
    `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: x\r\n\r\n`,
    ['200', '501'],
  ],
  ['CONNECT', `CONNECT reviews:443 HTTP/1.1\r\n${HOST}\r\n`, ['200', '501']],
  ['an upgrade to an unknown protocol', UPGRADE.replace('websocket', 'tls'), ['200', '403']],
])('a request is answered before %s behind it', async (_, bytes, expected) => {
  const seen: (string | undefined)[] = [];
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen.push(request.url);
    setImmediate(() => response.end());
  });
  await using proxy = await start(backend);
  expect(statuses(await askRaw(proxy.port, get('/good') + bytes))).toEqual(expected);
  expect(seen).toEqual(['/good']);
});

test('a request is answered before one whose body is malformed, in the same packet', async () => {
  await using backend = await startBackend('reviews-v1');
  await using proxy = await start(backend);
  const malformed = `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`;
  expect(statuses(await askRaw(proxy.port, get('/good') + malformed))).toEqual(['200', '400']);
});

test('bytes behind a request that closes its connection do not spoil its response', async () => {
  await using backend = await startBackend('reviews-v1');
  await using proxy = await start(backend);
  expect(statuses(await askRaw(proxy.port, `${LAST}x`))).toEqual(['200']);
});

test('an upgrade waits for the response before it, and its tunnel loses no byte', async () => {
  const seen: string[] = [];
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.on('data', (data: Buffer) => {
      const text = data.toString();
      seen.push(text.split(' HTTP')[0] ?? '');
      if (text.startsWith('GET /first'))
        setImmediate(() =>
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n' + 'x'.repeat(200_000)),
        );
      else if (text.startsWith('GET /upgrade'))
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      else socket.end(`echo ${text}`);
    }),
  );
  await using proxy = await start(backend);
  const answer = await askRaw(proxy.port, `${get('/first')}${UPGRADE}hello`);
  expect(statuses(answer)).toEqual(['200', '101']);
  expect(answer).toMatch(/\r\n\r\necho hello$/);
  expect(seen).toEqual(['GET /first', 'GET /upgrade', 'hello']);
});

test('when a client resets its connection, its waiting requests never begin', async () => {
  const seen: (string | undefined)[] = [];
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen.push(request.url);
    if (!request.url?.startsWith('/waits')) return response.end();
    // The proxy does not read while a request waits; writing shows it that the client is gone.
    const timer = setInterval(() => response.write('x'.repeat(1000)), 1);
    return response.on('close', () => clearInterval(timer));
  });
  await using proxy = await start(backend);
  const { socket } = client(proxy.port);
  const asked = once(backend.server, 'request');
  socket.write(get('/waits') + get('/second') + get('/third'));
  const [, response] = (await asked) as [IncomingMessage, ServerResponse];
  socket.resetAndDestroy();
  await once(response, 'close');
  // A request that comes later is served after anything that the other connection had left.
  await ask(proxy.port, { url: 'http://reviews/probe' });
  expect(seen).toEqual(['/waits', '/probe']);
});

test('nothing is read from a connection while a request on it waits', async () => {
  await using backend = await startBackend('reviews-v1', () => undefined);
  await using proxy = await start(backend);
  const { socket } = client(proxy.port);
  const asked = once(backend.server, 'request');
  socket.write(get('/slow') + get('/waits'));
  await asked;
  const more = Buffer.from(get('/more').repeat(20_000));
  let written = 0;
  const write = (): void => {
    while (written < 50 && socket.write(more)) written += 1;
  };
  socket.on('drain', write);
  write();
  let before = -1;
  await expect
    .poll(() => before === (before = socket.bytesWritten - socket.writableLength), { interval: 200 })
    .toBe(true);
  expect(before).toBeLessThan(25 * more.length);
  socket.destroy();
});

test('a connection on which no request is under way is closed after an hour, and not before', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1');
  await using proxy = await start(backend, clock);
  const { socket, received } = client(proxy.port);
  const closed = once(socket, 'close');
  await clock.waitFor(IDLE_TIMEOUT_MS);
  for (const count of [1, 2, 3]) {
    clock.advance(IDLE_TIMEOUT_MS - 1);
    socket.write(get('/'));
    await expect.poll(() => statuses(received())).toEqual(Array(count).fill('200'));
    await clock.waitFor(IDLE_TIMEOUT_MS);
  }
  // Node would announce a limit of its own in each response.
  expect(received()).not.toMatch(/^keep-alive:/im);
  clock.advance(IDLE_TIMEOUT_MS);
  await closed;
});

test('a connection is not idle while its request is under way', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1', () => undefined);
  await using proxy = await start(backend, clock);
  const asked = once(backend.server, 'request');
  const answer = askRaw(proxy.port, LAST);
  const [, response] = (await asked) as [IncomingMessage, ServerResponse];
  clock.advance(2 * IDLE_TIMEOUT_MS);
  response.end();
  expect(statuses(await answer)).toEqual(['200']);
});

test('Node’s limit for headers ends a connection only after the first byte of a request', () => {
  const limit = Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  const malformed = Object.assign(new Error(), { code: 'HPE_INVALID_METHOD' });
  expect(isSilent(limit, { bytesRead: 0 })).toBe(true);
  expect(isSilent(limit, { bytesRead: 1 })).toBe(false);
  expect(isSilent(malformed, { bytesRead: 0 })).toBe(false);
});
