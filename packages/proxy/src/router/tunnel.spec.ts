import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startBackend, startTcpBackend, type Backend, askRaw, ManualClock } from '@bookinfo/testing';
import { tableOf, type TableParts } from '@bookinfo/routing/testing';
import { Proxy, type ProxyOptions } from '../listener/proxy.js';

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

/** A backend that sends the path and the headers of its request, and then every message back. */
async function startEcho(name: string): Promise<Backend> {
  const backend = await startBackend(name);
  const server = new WebSocketServer({ server: backend.server });
  server.on('connection', (socket, request) => {
    socket.send(JSON.stringify({ name, url: request.url, headers: request.headers }));
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  return backend;
}

const start = (parts: TableParts, options: Partial<ProxyOptions> = {}) =>
  Proxy.start({ role: 'sidecar', table: tableOf(parts), ...options });

function open({ port }: Proxy, path = '/chat'): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, 'talk', {
    headers: { host: 'reviews:9080' },
  });
  sockets.push(socket);
  return socket;
}

async function nextMessage(socket: WebSocket): Promise<string> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return data.toString();
}

const UPGRADE = 'GET /chat HTTP/1.1\r\nHost: reviews:9080\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

test.each(['sidecar', 'gateway'] as const)(
  'a WebSocket through a %s is edited by its route',
  async (role) => {
    const clock = new ManualClock();
    await using backend = await startEcho('reviews-v1');
    await using proxy = await start(
      {
        endpoints: [backend.endpoint],
        action: { rewrite: { kind: 'path', value: '/rewritten' }, timeoutMs: 500 },
        route: { requestHeaders: { remove: [], add: [{ name: 'x-a', value: 'b', append: false }] } },
      },
      { role, clock },
    );
    const socket = open(proxy);
    const seen = JSON.parse(await nextMessage(socket)) as { url: string; headers: Record<string, string> };
    expect(seen).toMatchObject({ url: '/rewritten', headers: { 'x-a': 'b', upgrade: 'websocket' } });
    // The route's timeout ends with the response, which has arrived.
    clock.advance(500);
    for (const text of ['one', 'x'.repeat(1_000_000), '']) {
      socket.send(text);
      expect(await nextMessage(socket)).toBe(text);
    }
    socket.close(1000, 'done');
    expect((await once(socket, 'close'))[0]).toBe(1000);
  },
);

test('bytes that a client sends right behind its request are forwarded', async () => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', (head) => {
      socket.write(SWITCHING);
      socket.on('data', (data) => socket.end(`${head.includes('early')}: ${data.toString()}`));
    }),
  );
  await using proxy = await start({ endpoints: [backend.endpoint] });
  expect(await askRaw(proxy.port, `${UPGRADE}\r\nearly`)).toMatch(/\r\n\r\nfalse: early$/);
});

test('when the client has ended, the backend can still send', async () => {
  await using backend = await startTcpBackend('reviews-v1', (socket) => {
    socket.once('data', () => socket.write(SWITCHING));
    socket.once('end', () => socket.end('last data'));
  });
  await using proxy = await start({ endpoints: [backend.endpoint] });
  const { socket, text } = talk(proxy.port, `${UPGRADE}\r\n`);
  await once(socket, 'data');
  socket.end();
  await once(socket, 'close');
  expect(text()).toMatch(/\r\n\r\nlast data$/);
});

test('when the backend has ended, the client can still send', async () => {
  let received = '';
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => {
      socket.end(SWITCHING);
      socket.on('data', (data) => (received += data.toString()));
    }),
  );
  await using proxy = await start({ endpoints: [backend.endpoint] });
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`${UPGRADE}\r\n`);
  socket.resume().once('end', () => socket.end('last data'));
  await once(socket, 'close');
  await expect.poll(() => received).toBe('last data');
});

test('the refusal of a backend reaches the client, and the connection is closed', async () => {
  await using backend = await startBackend('reviews-v1');
  backend.server.on('upgrade', (_, socket) =>
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno'),
  );
  await using proxy = await start({ endpoints: [backend.endpoint] });
  const answer = await askRaw(proxy.port, `${UPGRADE}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(answer).toMatch(/\r\n\r\nno$/);
});

test.each([
  [{ endpoints: [] }, 503],
  [{ route: { fault: { abort: { percentage: 100, httpStatus: 555 } } } }, 555],
  [{ route: { action: { kind: 'direct-response', status: 418, body: 'tea' } } }, 418],
] as [TableParts, number][])('a route that responds itself: %j with %i', async (parts, status) => {
  await using proxy = await start(parts);
  expect(await askRaw(proxy.port, `${UPGRADE}\r\n`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test('an upgrade to another protocol is refused, as by Istio’s proxies', async () => {
  await using proxy = await start({});
  const bytes = `${UPGRADE.replace('websocket', 'tls')}\r\n`;
  expect(await askRaw(proxy.port, bytes)).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
});

test('an Upgrade with a body is an ordinary request', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  await using proxy = await start({ endpoints: [backend.endpoint] });
  const bytes = `${UPGRADE.replace('Upgrade\r\n', 'Upgrade, close\r\n')}Content-Length: 1\r\n\r\nx`;
  const answer = await askRaw(proxy.port, bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).not.toContain('websocket');
});

test('a client that breaks off closes its backend’s connection', async () => {
  let gone: Promise<unknown> | undefined;
  await using backend = await startTcpBackend('reviews-v1', (socket) => {
    gone = once(socket, 'close');
    socket.once('data', () => socket.write(SWITCHING));
  });
  await using proxy = await start({ endpoints: [backend.endpoint] });
  const { socket } = talk(proxy.port, `${UPGRADE}\r\n`);
  await once(socket, 'data');
  socket.resetAndDestroy();
  await expect(gone).resolves.toBeDefined();
});

test('closing the proxy closes its tunnels', async () => {
  await using backend = await startEcho('reviews-v1');
  const proxy = await start({ endpoints: [backend.endpoint] });
  const socket = open(proxy);
  await nextMessage(socket);
  await Promise.all([once(socket, 'close'), proxy.close()]);
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test('a side that does not read stops the other side', async () => {
  let sent = 0;
  await using backend = await startTcpBackend('reviews-v1', (socket) => {
    socket.once('data', () => {
      socket.write(SWITCHING);
      const chunk = Buffer.alloc(1_000_000);
      const more = (): void => {
        do sent += chunk.length;
        while (sent < 200_000_000 && socket.write(chunk));
      };
      socket.on('drain', more);
      more();
    });
  });
  await using proxy = await start({ endpoints: [backend.endpoint] });
  const { socket } = talk(proxy.port, `${UPGRADE}\r\n`);
  await once(socket, 'data');
  socket.pause();
  // Only the kernel's buffers of two connections can fill.
  let before = -1;
  await expect.poll(() => before === (before = sent), { interval: 200 }).toBe(true);
  expect(sent).toBeLessThan(40_000_000);
  socket.destroy();
});

function talk(port: number, bytes: string): { socket: Socket; text: () => string } {
  let answer = '';
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes));
  socket.on('data', (data) => (answer += data.toString('latin1'))).on('error', () => undefined);
  socket.on('end', () => socket.end());
  return { socket, text: () => answer };
}
