import { once } from 'node:events';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { deadEndpoint, startBackend, startTcpBackend, ask, open, ManualClock } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import type { Clock } from '@bookinfo/effects';
import { CONNECT_TIMEOUT_MS, DEFAULT_RETRY_POLICY } from '@bookinfo/routing';
import { Proxy } from './proxy.js';

const reset = 'upstream connect error or disconnect/reset before headers.';

test('no route in the virtual host: 404 without a body', async () => {
  const table = tableOf({
    route: {
      match: { path: { kind: 'exact', value: '/a', ignoreCase: false }, headers: [], queryParameters: [] },
    },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const answer = await ask(proxy.port, { url: 'http://reviews/b' });
  expect(answer).toMatchObject({ status: 404, body: '', headers: { server: 'istio-envoy' } });
  expect(answer.headers).not.toHaveProperty('x-envoy-upstream-service-time');
});

test('no virtual host at a gateway: 404 without a body', async () => {
  await using proxy = await Proxy.start({ role: 'gateway', table: tableOf({ unmatchedHost: 'not-found' }) });
  expect(await ask(proxy.port, { path: '/', headers: { host: 'unknown' } })).toMatchObject({
    status: 404,
    body: '',
  });
});

test('a cluster that does not exist: 503 without a body', async () => {
  const table = tableOf({ action: { weightedClusters: [{ name: 'outbound|9080|v9|reviews', weight: 1 }] } });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect(await ask(proxy.port)).toMatchObject({ status: 503, body: '' });
});

test('a cluster without endpoints: 503 no healthy upstream', async () => {
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ endpoints: [] }) });
  expect(await ask(proxy.port)).toMatchObject({
    status: 503,
    body: 'no healthy upstream',
    headers: { 'content-type': 'text/plain' },
  });
});

test('a refused connection, after all retries: 503 with the latest reason', async () => {
  const table = tableOf({ endpoints: [await deadEndpoint('reviews-v1')] });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const answer = await ask(proxy.port);
  expect(answer.status).toBe(503);
  expect(answer.body).toBe(`${reset} retried and the latest reset reason: remote connection failure`);
});

test('a refused connection, without retries: 503 with the reason', async () => {
  const action = { retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 } };
  const table = tableOf({ endpoints: [await deadEndpoint('reviews-v1')], action });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect((await ask(proxy.port)).body).toBe(`${reset} reset reason: remote connection failure`);
});

test.each([
  ['closes', 'end'],
  ['resets', 'resetAndDestroy'],
] as const)(
  'a backend that %s before it responds: 503 connection termination, without a retry',
  async (_, how) => {
    let requests = 0;
    await using backend = await startTcpBackend('reviews-v1', (socket) =>
      socket.once('data', () => {
        requests += 1;
        socket[how]();
      }),
    );
    await using proxy = await Proxy.start({
      role: 'sidecar',
      table: tableOf({ endpoints: [backend.endpoint] }),
    });
    const answer = await ask(proxy.port, { method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 503, body: `${reset} reset reason: connection termination` });
    expect(requests).toBe(1);
  },
);

test.each([
  ['in the middle of its head: 502', 'HTTP/1.1 200 OK\r\nContent-Le', 502, 'protocol error'],
  ['behind an interim response: 503', 'HTTP/1.1 103 Early Hints\r\n\r\n', 503, 'connection termination'],
])('a response that ends %s', async (_, bytes, status, reason) => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => socket.end(bytes)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect(await ask(proxy.port)).toMatchObject({ status, body: `${reset} reset reason: ${reason}` });
});

test.each([
  ['that is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['with 101 headers', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(101)}\r\n`],
  ['with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx'],
  ['with an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ['with an impossible status', 'HTTP/1.1 099 What\r\nContent-Length: 0\r\n\r\n'],
])('a response %s: 502 protocol error', async (_, bytes) => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => socket.write(bytes)),
  );
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
  });
  expect(await ask(proxy.port)).toMatchObject({ status: 502, body: `${reset} reset reason: protocol error` });
});

test('a route’s timeout: 504 at exactly that time', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1', () => undefined);
  const table = tableOf({ endpoints: [backend.endpoint], action: { timeoutMs: 500 } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  const asking = ask(proxy.port);
  await once(backend.server, 'request');
  clock.advance(499);
  expect(clock.waits).toContain(500);
  clock.advance(1);
  expect(await asking).toMatchObject({ status: 504, body: 'upstream request timeout' });
});

test('without a timeout only its client ends a request', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1', () => undefined);
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ endpoints: [backend.endpoint] }),
    clock,
  });
  const client = new AbortController();
  const asking = ask(proxy.port, { signal: client.signal }).catch((error: unknown) => error);
  const [, response] = (await once(backend.server, 'request')) as [IncomingMessage, ServerResponse];
  expect(clock.waits).toEqual([]);
  client.abort();
  expect(await asking).toBeInstanceOf(Error);
  await once(response, 'close');
});

test('a route’s timeout starts at the end of the request’s body', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1', (incoming) => incoming.resume());
  const table = tableOf({ endpoints: [backend.endpoint], action: { timeoutMs: 500 } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  const asking = request({ port: proxy.port, method: 'POST', headers: { host: 'reviews' } });
  asking.write('half');
  await once(backend.server, 'request');
  expect(clock.waits).toEqual([]);
  asking.end();
  await clock.waitFor(500);
  clock.advance(500);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(504);
  response.destroy();
});

test('a route’s timeout during a response breaks it off', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1', (_, response) => void response.write('half'));
  const table = tableOf({ endpoints: [backend.endpoint], action: { timeoutMs: 500 } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  const answer = await open(proxy.port);
  clock.advance(500);
  await expect(answer.toArray()).rejects.toThrow('aborted');
});

test('a connection that is not established in time: 503 connection timeout', async () => {
  // The timer fires before the connection is established, which takes a turn of the event loop.
  const immediate: Clock = {
    now: () => 0,
    date: () => new Date(0),
    after(ms, callback) {
      if (ms === CONNECT_TIMEOUT_MS) queueMicrotask(callback);
      return () => undefined;
    },
  };
  await using backend = await startBackend('reviews-v1');
  const action = { retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0 } };
  const table = tableOf({ endpoints: [backend.endpoint], action });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock: immediate });
  expect(await ask(proxy.port)).toMatchObject({
    status: 503,
    body: `${reset} reset reason: connection timeout`,
  });
});

test('a fault’s abort: its status, without a request to the backend', async () => {
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: tableOf({ route: { fault: { abort: { percentage: 100, httpStatus: 555 } } } }),
  });
  expect(await ask(proxy.port)).toMatchObject({ status: 555, body: 'fault filter abort' });
});

test('a fault’s delay comes before the backend and is not part of the route’s timeout', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1');
  const table = tableOf({
    endpoints: [backend.endpoint],
    action: { timeoutMs: 500 },
    route: { fault: { delay: { percentage: 100, fixedDelayMs: 7000 } } },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  const asking = ask(proxy.port);
  await clock.waitFor(7000);
  expect(clock.waits).toEqual([7000]);
  clock.advance(7000);
  expect(await asking).toMatchObject({ status: 200, body: 'reviews-v1' });
  expect(clock.waits).toEqual([]);
});

test('a delayed request whose client has gone ends, and so does its timer', async () => {
  const clock = new ManualClock();
  const table = tableOf({ route: { fault: { delay: { percentage: 100, fixedDelayMs: 7000 } } } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock });
  const client = new AbortController();
  const asking = ask(proxy.port, { signal: client.signal }).catch((error: unknown) => error);
  await clock.waitFor(7000);
  client.abort();
  expect(await asking).toBeInstanceOf(Error);
  await expect.poll(() => clock.waits).toEqual([]);
});

test.each([204, 304])(
  'a fault’s abort with %i has neither a body nor a Content-Length',
  async (httpStatus) => {
    await using proxy = await Proxy.start({
      role: 'sidecar',
      table: tableOf({ route: { fault: { abort: { percentage: 100, httpStatus } } } }),
    });
    const { status, headers, body } = await ask(proxy.port);
    expect([status, body]).toEqual([httpStatus, '']);
    expect(headers).not.toHaveProperty('content-length');
  },
);
