import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { startBackend, ask } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import type { Random } from '@bookinfo/effects';
import { Proxy } from '../listener/proxy.js';
import type { ProxyRole } from '@bookinfo/routing';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Returns the headers that a backend receives of a request with these headers, without `host`. */
async function seenBehind(
  role: ProxyRole,
  headers: Record<string, string>,
  random: Random = () => 0.5,
): Promise<IncomingHttpHeaders> {
  let seen: IncomingHttpHeaders = {};
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen = request.headers;
    response.end();
  });
  await using proxy = await Proxy.start({ role, table: tableOf({ endpoints: [backend.endpoint] }), random });
  await ask(proxy.port, { path: '/', headers: { host: 'reviews:9080', ...headers } });
  const ofEveryRequest = ['host', 'connection'];
  return Object.fromEntries(Object.entries(seen).filter(([name]) => !ofEveryRequest.includes(name)));
}

test('a sidecar adds the id and the protocol of a request', async () => {
  expect(await seenBehind('sidecar', {})).toEqual({
    'x-request-id': expect.stringMatching(UUID),
    'x-forwarded-proto': 'http',
    'x-envoy-attempt-count': '1',
  });
});

test('a sidecar keeps the identity headers of its workload', async () => {
  const sent = {
    'x-request-id': 'mine',
    'x-forwarded-for': '10.0.0.9',
    'x-forwarded-proto': 'https',
    'x-envoy-external-address': '10.0.0.9',
    'x-b3-traceid': 'a',
    traceparent: 'b',
  };
  expect(await seenBehind('sidecar', sent)).toEqual({ ...sent, 'x-envoy-attempt-count': '1' });
});

test('a gateway overwrites address and protocol, and keeps the id', async () => {
  const sent = {
    'x-request-id': 'mine',
    'x-forwarded-for': '10.0.0.9',
    'x-forwarded-proto': 'https',
    'x-envoy-external-address': '10.0.0.9',
  };
  expect(await seenBehind('gateway', sent)).toMatchObject({
    'x-request-id': 'mine',
    'x-forwarded-for': '10.0.0.9,127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-envoy-external-address': '127.0.0.1',
  });
});

test('a gateway adds a missing id', async () => {
  expect(await seenBehind('gateway', {})).toMatchObject({ 'x-request-id': expect.stringMatching(UUID) });
});

const INTERNAL = Object.fromEntries(
  [
    'expected-rq-timeout-ms',
    'force-trace',
    'hedge-on-per-try-timeout',
    'internal',
    'ip-tags',
    'max-retries',
    'original-url',
    'retriable-header-names',
    'retriable-status-codes',
    'retry-grpc-on',
    'retry-on',
    'upstream-alt-stat-name',
    'upstream-rq-per-try-timeout-ms',
    'upstream-rq-timeout-alt-response',
    'upstream-rq-timeout-ms',
    'attempt-count',
  ].map((name) => [`x-envoy-${name}`, '5xx']),
);
const AT_EDGE = Object.fromEntries(
  [
    'decorator-operation',
    'downstream-service-cluster',
    'downstream-service-node',
    'original-host',
    'original-path',
  ].map((name) => [`x-envoy-${name}`, 'x']),
);

test.each(['sidecar', 'gateway'] as const)('headers of a client do not command a %s', async (role) => {
  const seen = await seenBehind(role, { ...INTERNAL, 'x-envoy-peer-metadata': 'kept' });
  const left = Object.keys(seen).filter((name) => name in INTERNAL);
  expect(left).toEqual(['x-envoy-attempt-count']);
  expect(seen).toMatchObject({ 'x-envoy-attempt-count': '1', 'x-envoy-peer-metadata': 'kept' });
});

test('a sidecar keeps the headers that only a gateway removes', async () => {
  expect(await seenBehind('sidecar', AT_EDGE)).toMatchObject(AT_EDGE);
  const seen = await seenBehind('gateway', AT_EDGE);
  expect(Object.keys(seen).filter((name) => name in AT_EDGE)).toEqual([]);
});

test('rules match the headers that the backend gets, not those of the client', async () => {
  await using backend = await startBackend('reviews-v1');
  const ruleFor = (name: string) =>
    tableOf({
      endpoints: [backend.endpoint],
      route: {
        match: {
          headers: [{ name, value: { kind: 'present' }, invert: false, missingAsEmpty: false }],
          queryParameters: [],
        },
      },
    });
  const headers = { 'x-envoy-retry-on': '5xx' };
  await using stripped = await Proxy.start({ role: 'sidecar', table: ruleFor('x-envoy-retry-on') });
  expect((await ask(stripped.port, { headers })).status).toBe(404);
  await using added = await Proxy.start({ role: 'sidecar', table: ruleFor('x-request-id') });
  expect((await ask(added.port)).status).toBe(200);
});

test.each([
  [0.0099, '1'],
  [0.01, '0'],
])('a gateway begins a trace; the draw %d gives sampled %s', async (draw, sampled) => {
  const seen = await seenBehind('gateway', {}, () => draw);
  const traceId = String(seen['x-b3-traceid']);
  const spanId = String(seen['x-b3-spanid']);
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(seen).toMatchObject({
    'x-b3-sampled': sampled,
    traceparent: `00-${traceId}-${spanId}-0${sampled}`,
  });
});

test.each(['traceparent', 'b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled', 'x-b3-flags'])(
  'a trace that came with %s stays as it is',
  async (name) => {
    const seen = await seenBehind('gateway', { [name]: 'theirs' });
    const context = Object.keys(seen).filter((each) => /b3|traceparent/.test(each));
    expect([context, seen[name]]).toEqual([[name], 'theirs']);
  },
);

test('a sidecar begins no trace', async () => {
  expect(Object.keys(await seenBehind('sidecar', {})).filter((name) => /b3|trace/.test(name))).toEqual([]);
});
