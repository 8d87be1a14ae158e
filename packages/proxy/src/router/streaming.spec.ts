import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startBackend, startTcpBackend, ask, askRaw, open } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import type { Endpoint } from '@bookinfo/routing';
import { Proxy } from '../listener/proxy.js';

const MB = 1_000_000;
const TOTAL = 200 * MB;
/** Upper bound of the data between a sender and a receiver that does not read: the kernel's buffers of two connections, and the proxy's. */
const IN_FLIGHT = 40 * MB;
/** Upper bound of the growth of the process, which is also client and backend, uncollected garbage included. */
const GROWTH = 150 * MB;

const start = (endpoint: Endpoint) =>
  Proxy.start({ role: 'sidecar', table: tableOf({ endpoints: [endpoint] }) });
const post = (port: number) => request({ port, method: 'POST', headers: { host: 'reviews' } });

/** Writes chunks while the receiver takes them; returns the number of bytes so far. */
function pour(write: (chunk: Buffer) => boolean, onDrain: (more: () => void) => void, end: () => void) {
  const chunk = Buffer.alloc(MB / 10);
  const progress = { sent: 0 };
  const more = (): void => {
    while (progress.sent < TOTAL) {
      progress.sent += chunk.length;
      if (!write(chunk)) return;
    }
    end();
  };
  onDrain(more);
  more();
  return progress;
}

/** Resolves when the receiver has stopped the sender. */
async function backpressure(progress: { sent: number }): Promise<void> {
  let before = -1;
  await expect.poll(() => before === (before = progress.sent), { interval: 250 }).toBe(true);
}

/** Reads the whole message; returns its bytes and the growth of memory on the way. */
async function readAll(message: IncomingMessage): Promise<{ received: number; growth: number }> {
  const before = process.memoryUsage.rss();
  let [received, growth, chunks] = [0, 0, 0];
  for await (const data of message) {
    received += (data as Buffer).length;
    chunks += 1;
    if (chunks % 20 === 0) growth = Math.max(growth, process.memoryUsage.rss() - before);
  }
  return { received, growth };
}

test('200 MB are uploaded no faster than the backend reads, through bounded memory', async () => {
  let arrive: (request: IncomingMessage) => void;
  const arrived = new Promise<IncomingMessage>((resolve) => (arrive = resolve));
  await using backend = await startBackend('reviews-v1', (incoming, response) => {
    arrive(incoming);
    incoming.once('end', () => response.end('thanks'));
  });
  await using proxy = await start(backend.endpoint);
  const asking = post(proxy.port);
  const answer = once(asking, 'response') as Promise<[IncomingMessage]>;
  const progress = pour(
    (chunk) => asking.write(chunk),
    (more) => asking.on('drain', more),
    () => asking.end(),
  );
  const incoming = await arrived;
  await backpressure(progress);
  expect(progress.sent).toBeLessThan(IN_FLIGHT);
  const { received, growth } = await readAll(incoming);
  expect(received).toBe(TOTAL);
  expect(growth).toBeLessThan(GROWTH);
  expect((await answer)[0].statusCode).toBe(200);
});

test('200 MB are downloaded no faster than the client reads, through bounded memory', async () => {
  let progress = { sent: 0 };
  await using backend = await startBackend('reviews-v1', (_, response) => {
    progress = pour(
      (chunk) => response.write(chunk),
      (more) => response.on('drain', more),
      () => response.end(),
    );
  });
  await using proxy = await start(backend.endpoint);
  const answer = await open(proxy.port);
  await backpressure(progress);
  expect(progress.sent).toBeLessThan(IN_FLIGHT);
  const { received, growth } = await readAll(answer);
  expect(received).toBe(TOTAL);
  expect(growth).toBeLessThan(GROWTH);
});

test.each([
  ['a length', { 'content-length': '256' }],
  ['chunks', { 'transfer-encoding': 'chunked' }],
])('a body with %s keeps its bytes, whatever they are', async (_, framing) => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (__, byte) => byte));
  await using backend = await startBackend('reviews-v1', (_request, response) =>
    response.writeHead(200, framing).end(bytes),
  );
  await using proxy = await start(backend.endpoint);
  const sent = request({ port: proxy.port, headers: { host: 'reviews' } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(await buffer(response)).toEqual(bytes);
});

test('a client that disconnects during its request ends the backend’s request', async () => {
  await using backend = await startBackend('reviews-v1');
  backend.server.removeAllListeners('request');
  await using proxy = await start(backend.endpoint);
  const asking = post(proxy.port);
  asking.on('error', () => undefined).write('half');
  const [incoming] = (await once(backend.server, 'request')) as [IncomingMessage];
  const end = once(incoming, 'end');
  asking.destroy();
  await expect(end).rejects.toThrow('aborted');
});

test('a client that disconnects during its response ends the backend’s response', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => void response.write('half'));
  const asked = once(backend.server, 'request');
  await using proxy = await start(backend.endpoint);
  const answer = await open(proxy.port);
  const [incoming] = (await asked) as [IncomingMessage];
  const closed = once(incoming.socket, 'close');
  answer.destroy();
  await closed;
  expect(incoming.socket.destroyed).toBe(true);
});

test('Expect: 100-continue is answered by the proxy, and a 100 of the backend is skipped', async () => {
  const seen: string[] = [];
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.on('data', (data) => {
      seen.push(data.toString());
      if (seen.join('').endsWith('body'))
        socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    }),
  );
  await using proxy = await start(backend.endpoint);
  const head = 'POST http://reviews/ HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nContent-Length: 4\r\n';
  const answer = await askRaw(proxy.port, `${head}Expect: 100-continue\r\n\r\n`, {
    after: '100 Continue\r\n\r\n',
    send: 'body',
  });
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n.*\r\n\r\nok$/s);
  expect(seen.join('')).not.toMatch(/expect/i);
});

test.each([
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 200, '5'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: "a"\r\n\r\n', 304, '5'],
  ['GET', 'HTTP/1.1 204 No Content\r\n\r\n', 204, undefined],
])(
  'the response to %s with the head %j has no body, and the connection stays usable',
  async (method, bytes, status, length) => {
    let connections = 0;
    await using backend = await startTcpBackend('reviews-v1', (socket) => {
      connections += 1;
      socket.on('data', () => socket.write(bytes));
    });
    await using proxy = await start(backend.endpoint);
    for (const _ of [1, 2]) {
      const answer = await ask(proxy.port, { method });
      expect(answer).toMatchObject({ status, body: '' });
      expect(answer.headers['content-length']).toBe(length);
    }
    expect(connections).toBe(1);
  },
);

test('a body in chunks is forwarded in chunks, without extensions, trailers and hop-by-hop headers', async () => {
  let seen = '';
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.on('data', (data) => {
      seen += data.toString();
      if (!seen.endsWith('\r\n0\r\n\r\n')) return;
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: x-hop\r\nX-Hop: 1\r\n\r\n');
      socket.write('3;a=b\r\nyes\r\n0\r\nX-Trailer: 1\r\n\r\n');
    }),
  );
  await using proxy = await start(backend.endpoint);
  const head = 'POST http://reviews/ HTTP/1.1\r\nHost: reviews\r\nConnection: close, x-hop\r\nX-Hop: 1\r\n';
  const answer = await askRaw(
    proxy.port,
    `${head}TE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\none\r\n3\r\ntwo\r\n0\r\nX-Trailer: 1\r\n\r\n`,
  );
  expect(answer).toMatch(/\r\n\r\n3\r\nyes\r\n0\r\n\r\n$/);
  for (const message of [seen, answer]) {
    expect(message).toMatch(/\r\ntransfer-encoding: chunked\r\n/i);
    expect(message).not.toMatch(/trailer|a=b|x-hop/i);
  }
  expect(seen).toMatch(/\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n$/);
});
