import { once } from 'node:events';
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startBackend, startTcpBackend, ask, askRaw, open } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { Proxy } from './proxy.js';

const echo = (request: IncomingMessage) => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
});

test('a sidecar forwards the request of an HTTP_PROXY client in origin form, with its Host', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(echo(request))),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const url = 'http://reviews:9080/reviews/0?x=1';
  const answer = await ask(proxy.port, { url, headers: { host: 'ignored', 'end-user': 'jason' } });
  const seen = JSON.parse(answer.body);
  expect(seen).toMatchObject({ method: 'GET', url: '/reviews/0?x=1' });
  expect(seen.headers).toMatchObject({
    host: 'reviews:9080',
    'end-user': 'jason',
    'x-envoy-attempt-count': '1',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(seen.headers).not.toHaveProperty('x-forwarded-for');
});

test('a backend’s response gets the headers server and x-envoy-upstream-service-time', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => {
    response.writeHead(201, { server: 'other', 'set-cookie': ['a=1', 'b=2'], 'keep-alive': 'timeout=99' });
    response.end('made');
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const answer = await ask(proxy.port);
  expect(answer).toMatchObject({ status: 201, body: 'made' });
  expect(answer.headers).toMatchObject({ server: 'istio-envoy', 'set-cookie': ['a=1', 'b=2'] });
  expect(answer.headers['x-envoy-upstream-service-time']).toMatch(/^\d+$/);
  expect(answer.headers['keep-alive']).not.toBe('timeout=99');
});

test('an existing request id is kept', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(request.headers['x-request-id']),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect((await ask(proxy.port, { headers: { 'x-request-id': 'mine' } })).body).toBe('mine');
});

test('a gateway adds the client to x-forwarded-for', async () => {
  await using backend = await startBackend('productpage-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  const table = tableOf({ endpoints: [backend.endpoint], unmatchedHost: 'not-found' });
  await using proxy = await Proxy.start({ role: 'gateway', table });
  const headers = { host: 'reviews', 'x-forwarded-for': '10.0.0.9', 'x-forwarded-proto': 'https' };
  expect(JSON.parse((await ask(proxy.port, { path: '/', headers })).body)).toMatchObject({
    'x-forwarded-for': '10.0.0.9,127.0.0.1',
    'x-forwarded-proto': 'http',
  });
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'the body of a %s arrives complete, with a length or in chunks',
  async (method) => {
    await using backend = await startBackend('reviews-v1', (request, response) => {
      void text(request).then((body) => response.end(`${request.method} ${body}`));
    });
    await using proxy = await Proxy.start({
      role: 'sidecar',
      table: tableOf({ endpoints: [backend.endpoint] }),
    });
    const body = 'x'.repeat(100_000);
    const chunked = { method, body, headers: { 'transfer-encoding': 'chunked' } };
    expect((await ask(proxy.port, chunked)).body).toBe(`${method} ${body}`);
    const withLength = { method, body, headers: { 'content-length': body.length } };
    expect((await ask(proxy.port, withLength)).body).toBe(`${method} ${body}`);
    expect((await ask(proxy.port, { method })).body).toBe(`${method} `);
  },
);

test('responses to HEAD and with 204 have no body and leave the connection usable', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) => {
    response.statusCode = request.url === '/gone' ? 204 : 200;
    response.end('text');
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect(await ask(proxy.port, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  expect(await ask(proxy.port, { url: 'http://reviews/gone' })).toMatchObject({ status: 204, body: '' });
  expect(await ask(proxy.port)).toMatchObject({ status: 200, body: 'text' });
});

test('a client that does not read makes the backend wait', async () => {
  const chunk = Buffer.alloc(64 * 1024);
  let sent = 0;
  await using backend = await startBackend('reviews-v1', (_, response) => {
    const write = () => {
      while (sent < 200_000_000 && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', write);
    write();
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const answer = await open(proxy.port);
  let before = -1;
  await expect.poll(() => before === (before = sent), { interval: 200 }).toBe(true);
  expect(sent).toBeLessThan(50_000_000);
  answer.destroy();
});

test('connections to a backend are reused', async () => {
  let connections = 0;
  await using backend = await startBackend('reviews-v1');
  backend.server.on('connection', () => (connections += 1));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  for (let count = 0; count < 5; count += 1) await ask(proxy.port);
  expect(connections).toBe(1);
});

test('when the client disconnects, the backend’s request ends', async () => {
  await using backend = await startBackend('reviews-v1', () => undefined);
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const client = new AbortController();
  const asking = ask(proxy.port, { signal: client.signal }).catch((error: unknown) => error);
  const [, response] = (await once(backend.server, 'request')) as [IncomingMessage, ServerResponse];
  client.abort();
  await once(response, 'close');
  expect(response.writableFinished).toBe(false);
  expect(await asking).toBeInstanceOf(Error);
});

test('a backend that breaks off its response breaks off the client’s response', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => {
    response.write('half');
    setImmediate(() => response.destroy());
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  await expect(ask(proxy.port)).rejects.toThrow('aborted');
});

test('a response that comes before the body was read reaches the client', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => {
    response.writeHead(413).end('too much');
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const body = Buffer.alloc(50_000_000);
  const answer = await ask(proxy.port, { method: 'POST', body, headers: { 'content-length': body.length } });
  expect(answer).toMatchObject({ status: 413, body: 'too much' });
  expect(await ask(proxy.port)).toMatchObject({ status: 413 });
});

test('an early response of a backend that closes without reading the rest reaches the client', async () => {
  const answer = 'HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 8\r\n\r\ntoo much';
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => {
      socket.pause();
      socket.write(answer, () => socket.resetAndDestroy());
    }),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const body = Buffer.alloc(10_000_000);
  const question = { method: 'POST', body, headers: { 'content-length': body.length } };
  const responses = [];
  for (let count = 0; count < 20; count += 1) responses.push((await ask(proxy.port, question)).body);
  expect(responses).toEqual(Array(20).fill('too much'));
});

/** Sends one request on a new connection; `closed` resolves when the server closes it. */
async function keptConnection(port: number): Promise<{ closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: reviews\r\n\r\n'));
  await once(socket, 'data');
  return { closed: once(socket, 'close') };
}

test('close lets a pending request finish within its grace, and then closes its connection at once', async () => {
  await using plain = await startBackend('plain');
  await using backend = await startBackend('reviews-v1', () => undefined);
  const proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ endpoints: [backend.endpoint] }) });
  const agent = new Agent({ keepAlive: true });
  const asking = ask(proxy.port, { agent });
  const [, response] = (await once(backend.server, 'request')) as [IncomingMessage, ServerResponse];
  // Node keeps an idle connection for some seconds; this one was idle before the proxy's.
  const idle = await keptConnection(plain.endpoint.port);
  const closing = proxy.close(60_000).then(() => 'closed');
  response.end('late');
  const first = await Promise.race([closing, idle.closed.then(() => 'kept as long as by Node')]);
  expect([first, (await asking).body]).toEqual(['closed', 'late']);
  agent.destroy();
});

test('an endpoint whose request has ended counts as unloaded', async () => {
  await using a = await startBackend('a');
  await using b = await startBackend('b');
  const draws = [0, 0.99, 0, 0.99];
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [a.endpoint, b.endpoint], cluster: { lbPolicy: { kind: 'LEAST_REQUEST' } } }),
    random: () => draws.shift() ?? 0,
  });
  expect([(await ask(proxy.port)).body, (await ask(proxy.port)).body]).toEqual(['a', 'a']);
});

test('a POST without a body gets a Content-Length of 0', async () => {
  await using backend = await startBackend('reviews-v1', (request, response) =>
    response.end(JSON.stringify(request.headers)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const answer = await askRaw(proxy.port, 'POST / HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n');
  expect(answer).toContain('"content-length":"0"');
  expect(answer).not.toContain('"transfer-encoding"');
});
