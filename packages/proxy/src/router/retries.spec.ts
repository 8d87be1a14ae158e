import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { deadEndpoint, startBackend, startTcpBackend, ask, ManualClock } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { DEFAULT_RETRY_POLICY } from '@bookinfo/routing';
import { Proxy } from '../listener/proxy.js';

test('a connect failure is retried at an endpoint that was not attempted, with the body', async () => {
  const attempts: unknown[] = [];
  await using backend = await startBackend('alive', (request, response) => {
    attempts.push(request.headers['x-envoy-attempt-count']);
    void text(request).then((body) => response.end(body));
  });
  const endpoints = [await deadEndpoint('dead-1'), await deadEndpoint('dead-2'), backend.endpoint];
  const table = tableOf({ endpoints, cluster: { lbPolicy: { kind: 'RANDOM' } } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, random: () => 0 });
  expect(await ask(proxy.port, { method: 'POST', body: 'stars' })).toMatchObject({
    status: 200,
    body: 'stars',
  });
  expect(attempts).toEqual(['3']);
});

test('the pause is at most 25 ms before the first retry and 50 ms before the second', async () => {
  const clock = new ManualClock();
  const table = tableOf({ endpoints: [await deadEndpoint('dead')] });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock, random: () => 0.99 });
  const asking = ask(proxy.port);
  await clock.waitFor(0.99 * 25);
  clock.advance(25);
  await clock.waitFor(0.99 * 50);
  clock.advance(50);
  expect((await asking).status).toBe(503);
});

test('a 503 of the backend is final by default', async () => {
  let requests = 0;
  await using backend = await startBackend('reviews-v1', (_, response) => {
    requests += 1;
    response.writeHead(503).end('mine');
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect(await ask(proxy.port)).toMatchObject({ status: 503, body: 'mine' });
  expect(requests).toBe(1);
});

test('an aborted request is not retried by its own route', async () => {
  let draws = 0;
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({
      route: { fault: { abort: { percentage: 50, httpStatus: 503 } } },
      action: { retryPolicy: { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx'] } },
    }),
    random: () => {
      draws += 1;
      return 0;
    },
  });
  expect(await ask(proxy.port)).toMatchObject({ status: 503, body: 'fault filter abort' });
  expect(draws).toBe(1);
});

/** Answers the first request of each connection and resets the connection at the second. */
function answerOnce(requests: string[]): (socket: Socket) => void {
  return (socket) => {
    let answered = false;
    socket.on('data', (bytes) => {
      requests.push(String(bytes).slice(0, 4).trim());
      if (answered) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      answered = true;
    });
  };
}

test('a GET on a kept-alive connection that the backend has closed is sent again', async () => {
  const requests: string[] = [];
  await using backend = await startTcpBackend('reviews-v1', answerOnce(requests));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect((await ask(proxy.port)).status).toBe(200);
  expect((await ask(proxy.port)).status).toBe(200);
  expect(requests).toEqual(['GET', 'GET', 'GET']);
});

test.each([
  ['POST', undefined],
  ['PUT', 'x'],
])('a %s with the body %j is not sent again on such a connection', async (method, body) => {
  const requests: string[] = [];
  await using backend = await startTcpBackend('reviews-v1', answerOnce(requests));
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  const question = { method, ...(body !== undefined && { body, headers: { 'content-length': 1 } }) };
  expect((await ask(proxy.port, question)).status).toBe(200);
  expect((await ask(proxy.port, question)).status).toBe(503);
  expect(requests.filter((start) => start.startsWith('P'))).toHaveLength(2);
});

/** A backend that ends at its first request: it stops listening and resets the connection. */
async function startMortal(requests: (string | undefined)[]) {
  const backend = await startBackend('mortal', ({ method, socket }) => {
    requests.push(method);
    backend.server.close();
    socket.resetAndDestroy();
  });
  return backend;
}

test.each([
  ['GET', 200],
  ['DELETE', 200],
  ['POST', 503],
])('a %s whose backend ends before it responds: %i from two replicas', async (method, status) => {
  const requests: (string | undefined)[] = [];
  await using mortal = await startMortal(requests);
  await using other = await startBackend('alive');
  const table = tableOf({
    endpoints: [mortal.endpoint, other.endpoint],
    cluster: { lbPolicy: { kind: 'ROUND_ROBIN' } },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect((await ask(proxy.port, { method })).status).toBe(status);
  expect(requests).toEqual([method]);
});

test('a GET whose backend still accepts a connection while it ends is answered by the other replica', async () => {
  let connections = 0;
  await using mortal = await startTcpBackend('mortal', (socket) => {
    connections += 1;
    if (connections === 1) socket.once('data', () => socket.resetAndDestroy());
    // When the proxy has seen the connection.
    else setImmediate(() => setImmediate(() => socket.resetAndDestroy()));
  });
  await using other = await startBackend('alive');
  const table = tableOf({
    endpoints: [mortal.endpoint, other.endpoint],
    cluster: { lbPolicy: { kind: 'ROUND_ROBIN' } },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const { status } = await ask(proxy.port);
  expect([status, connections]).toEqual([200, 2]);
});

test('a GET that a living backend resets is final by default, as in Envoy', async () => {
  let requests = 0;
  await using backend = await startTcpBackend('alive', (socket) => {
    socket.on('data', () => {
      requests += 1;
      socket.resetAndDestroy();
    });
  });
  const table = tableOf({ endpoints: [backend.endpoint] });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const { status, body } = await ask(proxy.port);
  expect([status, body, requests]).toEqual([503, expect.stringContaining('connection termination'), 1]);
});

test('an undeclared host is called by the name that the client used', async () => {
  await using outside = await startBackend('outside', (request, response) =>
    response.end(`${request.headers.host}${request.url}`),
  );
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({}) });
  const url = `http://localhost:${outside.endpoint.port}/books?isbn=1`;
  expect((await ask(proxy.port, { url })).body).toBe(`localhost:${outside.endpoint.port}/books?isbn=1`);
});

test('an undeclared host that refuses the connection: 503 with the reason', async () => {
  const { port } = await deadEndpoint('outside');
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({}) });
  const answer = await ask(proxy.port, { url: `http://127.0.0.1:${port}/` });
  expect(answer).toMatchObject({
    status: 503,
    body: expect.stringContaining('reset reason: remote connection failure'),
  });
});

test.each(['127.0.0.1', 'localhost', '0.0.0.0', '2130706433'])(
  'a request for the proxy itself, called %s, does not loop',
  async (host) => {
    await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({}) });
    expect(await ask(proxy.port, { url: `http://${host}:${proxy.port}/` })).toMatchObject({ status: 508 });
  },
);

test('a port in use rejects with Node’s error', async () => {
  await using backend = await startBackend('taken');
  const { port } = backend.endpoint;
  await expect(Proxy.start({ role: 'sidecar', table: tableOf({}), port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
