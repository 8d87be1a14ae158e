import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import {
  deadEndpoint,
  startBackend,
  startTcpBackend,
  ask,
  askRaw,
  open,
  ManualClock,
} from '@bookinfo/testing';
import { tableOf, type TableParts } from '@bookinfo/routing/testing';
import { DEFAULT_RETRY_POLICY } from '@bookinfo/routing';
import type { AccessLogEntry } from './access-log-entry.js';
import { Proxy, type ProxyOptions } from '../listener/proxy.js';

const CLUSTER = 'outbound|9080||reviews.default.svc.cluster.local';

/** A sidecar for one request; `logged` resolves with its entry. */
async function startLogged(parts: TableParts, options: Partial<ProxyOptions> = {}) {
  const entries: AccessLogEntry[] = [];
  const onAccess = (entry: AccessLogEntry): void => void entries.push(entry);
  const table = tableOf(parts);
  const proxy = await Proxy.start({ role: 'sidecar', table, random: () => 0, onAccess, ...options });
  return {
    port: proxy.port,
    async logged(): Promise<AccessLogEntry | undefined> {
      await expect.poll(() => entries.length).toBe(1);
      return entries[0];
    },
    [Symbol.asyncDispose]: () => proxy.close(),
  };
}

test('an entry contains all fields of its request', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('reviews-v1', (incoming, response) => {
    const answer = (): void => {
      clock.advance(7);
      response.end('stars');
    };
    void text(incoming).then(answer);
  });
  await using proxy = await startLogged({ endpoints: [backend.endpoint] }, { clock });
  const headers = { 'user-agent': 'test', 'x-request-id': 'mine', 'x-forwarded-for': '10.0.0.9' };
  await ask(proxy.port, { method: 'POST', url: 'http://reviews:9080/a?b=c', headers, body: 'four' });
  expect(await proxy.logged()).toEqual({
    startTime: expect.any(Date),
    method: 'POST',
    path: '/a?b=c',
    protocol: 'HTTP/1.1',
    responseCode: 200,
    responseFlags: [],
    responseCodeDetails: 'via_upstream',
    upstreamTransportFailureReason: undefined,
    bytesReceived: 4,
    bytesSent: 5,
    durationMs: 7,
    upstreamServiceTimeMs: 7,
    forwardedFor: '10.0.0.9',
    userAgent: 'test',
    requestId: 'mine',
    authority: 'reviews:9080',
    upstreamHost: `127.0.0.1:${backend.endpoint.port}`,
    upstreamCluster: CLUSTER,
    upstreamLocalAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    downstreamLocalAddress: `127.0.0.1:${proxy.port}`,
    downstreamRemoteAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    routeName: 'default',
    startMs: 0,
    endMs: 7,
    decision: expect.objectContaining({ delayMs: 0, outcome: expect.objectContaining({ kind: 'forward' }) }),
    attempts: [
      { cluster: CLUSTER, endpoint: backend.endpoint, startMs: 0, endMs: 7, isSent: true, status: 200 },
    ],
    trace: undefined,
  });
});

const fault = (parts: object): TableParts => ({ route: { fault: parts } });
const ALWAYS = { percentage: 100 };

test.each<[string, TableParts, number, string[], string]>([
  ['no endpoint', { endpoints: [] }, 503, ['UH'], 'no_healthy_upstream'],
  [
    'no cluster',
    { action: { weightedClusters: [{ name: 'gone', weight: 1 }] } },
    503,
    ['NC'],
    'cluster_not_found',
  ],
  [
    'no route',
    {
      route: {
        match: { path: { kind: 'exact', value: '/b', ignoreCase: false }, headers: [], queryParameters: [] },
      },
    },
    404,
    ['NR'],
    'route_not_found',
  ],
  [
    'a delay and an abort',
    fault({ delay: { ...ALWAYS, fixedDelayMs: 1 }, abort: { ...ALWAYS, httpStatus: 555 } }),
    555,
    ['DI', 'FI'],
    'fault_filter_abort',
  ],
  [
    'a direct response',
    { route: { action: { kind: 'direct-response', status: 418, body: 'tea' } } },
    418,
    [],
    'direct_response',
  ],
])('%s', async (_, parts, status, flags, details) => {
  await using proxy = await startLogged(parts);
  expect((await ask(proxy.port)).status).toBe(status);
  expect(await proxy.logged()).toMatchObject({
    responseCode: status,
    responseFlags: flags,
    responseCodeDetails: details,
    upstreamHost: undefined,
  });
});

test('a refused connection, after all retries: URX,UF and the machine’s reason', async () => {
  const endpoint = await deadEndpoint('dead');
  await using proxy = await startLogged({ endpoints: [endpoint] });
  await ask(proxy.port);
  expect(await proxy.logged()).toMatchObject({
    responseCode: 503,
    responseFlags: ['URX', 'UF'],
    responseCodeDetails:
      'upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}',
    upstreamTransportFailureReason: 'delayed_connect_error:_Connection_refused',
    upstreamHost: `127.0.0.1:${endpoint.port}`,
    upstreamLocalAddress: undefined,
  });
});

test.each([
  ['closes', 'UC', 'connection_termination', 503, (data: string) => (data === '' ? data : '')],
  ['speaks another protocol', 'UPE', 'protocol_error', 502, () => 'SSH-2.0\r\n\r\n'],
])('a backend that %s: %s', async (_, flag, reason, status, reply) => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', (data) => socket.end(reply(String(data)))),
  );
  await using proxy = await startLogged({ endpoints: [backend.endpoint] });
  await ask(proxy.port);
  expect(await proxy.logged()).toMatchObject({
    responseCode: status,
    responseFlags: [flag],
    responseCodeDetails: `upstream_reset_before_response_started{${reason}}`,
  });
});

test.each([
  ['ends during its response', 'end', 'UPE', 'protocol_error'],
  ['breaks off during its response', 'resetAndDestroy', 'UC', 'connection_termination'],
] as const)('a backend that %s: its status and the reason', async (_, how, flag, reason) => {
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', () =>
        setImmediate(() => socket[how]()),
      ),
    ),
  );
  await using proxy = await startLogged({ endpoints: [backend.endpoint] });
  await expect(ask(proxy.port)).rejects.toThrow('aborted');
  expect(await proxy.logged()).toMatchObject({
    responseCode: 200,
    responseFlags: [flag],
    responseCodeDetails: `upstream_reset_after_response_started{${reason}}`,
    bytesSent: 4,
  });
});

test('a retriable response after the last retry: URX', async () => {
  await using backend = await startBackend('reviews-v1', (_, response) => response.writeHead(503).end());
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx'] };
  await using proxy = await startLogged({ endpoints: [backend.endpoint], action: { retryPolicy } });
  await ask(proxy.port);
  expect(await proxy.logged()).toMatchObject({
    responseCode: 503,
    responseFlags: ['URX'],
    responseCodeDetails: 'via_upstream',
  });
});

test.each<[string, TableParts['action'], string[], string]>([
  ['the route', { timeoutMs: 300 }, ['UT'], 'response_timeout'],
  [
    'the last attempt',
    { retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 0, perTryTimeoutMs: 300 } },
    ['UT'],
    'upstream_per_try_timeout',
  ],
])('a timeout of %s', async (_, action, flags, details) => {
  const clock = new ManualClock();
  await using backend = await startBackend('slow', () => undefined);
  await using proxy = await startLogged({ endpoints: [backend.endpoint], action: action ?? {} }, { clock });
  const asking = ask(proxy.port);
  await once(backend.server, 'request');
  clock.advance(300);
  await asking;
  expect(await proxy.logged()).toMatchObject({
    responseCode: 504,
    responseFlags: flags,
    responseCodeDetails: details,
    durationMs: 300,
  });
});

test('a timeout during a response', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('slow', (_, response) => void response.write('half'));
  const parts = { endpoints: [backend.endpoint], action: { timeoutMs: 300 } };
  await using proxy = await startLogged(parts, { clock });
  const answer = await open(proxy.port);
  clock.advance(300);
  await expect(answer.toArray()).rejects.toThrow('aborted');
  expect(await proxy.logged()).toMatchObject({
    responseCode: 200,
    responseFlags: ['UT'],
    responseCodeDetails: 'response_timeout',
  });
});

test('a client that disconnects: no status, DC', async () => {
  await using backend = await startBackend('slow', () => undefined);
  await using proxy = await startLogged({ endpoints: [backend.endpoint] });
  const asking = request({ port: proxy.port, headers: { host: 'reviews' } }).on('error', () => undefined);
  asking.end();
  await once(backend.server, 'request');
  asking.destroy();
  expect(await proxy.logged()).toMatchObject({
    responseCode: 0,
    responseFlags: ['DC'],
    responseCodeDetails: 'downstream_remote_disconnect',
  });
});

test.each([
  ['bytes that are not a request', 'nonsense\r\n\r\n', 400, 'http1.codec_error'],
  ['too many headers', `GET / HTTP/1.1\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`, 431, 'http1.headers_too_large'],
])('%s: an entry without method and path', async (_, bytes, status, details) => {
  await using proxy = await startLogged({});
  await askRaw(proxy.port, bytes);
  expect(await proxy.logged()).toMatchObject({
    method: undefined,
    path: undefined,
    responseCode: status,
    responseFlags: ['DPE'],
    responseCodeDetails: details,
    downstreamRemoteAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  });
});

test('an invalid body ends its request with 400, in one entry', async () => {
  await using backend = await startBackend('reviews-v1', (incoming) => void incoming.resume());
  await using proxy = await startLogged({ endpoints: [backend.endpoint] });
  const head = 'POST http://reviews/ HTTP/1.1\r\nHost: reviews\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(await askRaw(proxy.port, `${head}zz\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await proxy.logged()).toMatchObject({
    method: 'POST',
    responseCode: 400,
    responseFlags: ['DPE'],
    responseCodeDetails: 'http1.codec_error',
  });
});

test('CONNECT is refused', async () => {
  await using proxy = await startLogged({});
  await askRaw(proxy.port, 'CONNECT reviews:443 HTTP/1.1\r\nHost: reviews\r\n\r\n');
  expect(await proxy.logged()).toMatchObject({ method: 'CONNECT', responseCode: 501, responseFlags: [] });
});

test('a request without a host', async () => {
  await using proxy = await startLogged({});
  expect(await askRaw(proxy.port, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await proxy.logged()).toMatchObject({ method: 'GET', path: '/', responseCode: 400 });
});

test('an undeclared host has the route allow_any', async () => {
  await using outside = await startBackend('outside');
  await using proxy = await startLogged({});
  await ask(proxy.port, { url: `http://127.0.0.1:${outside.endpoint.port}/` });
  expect(await proxy.logged()).toMatchObject({
    routeName: 'allow_any',
    upstreamCluster: 'PassthroughCluster',
  });
});

test('a response to HEAD counts no bytes', async () => {
  await using backend = await startBackend('reviews-v1');
  await using proxy = await startLogged({ endpoints: [backend.endpoint] });
  const asking = request({ port: proxy.port, method: 'HEAD', headers: { host: 'reviews' } }).end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.resume();
  expect(await proxy.logged()).toMatchObject({ responseCode: 200, bytesSent: 0 });
});
