import type { IncomingHttpHeaders } from 'node:http';
import { expect, test, vi } from 'vitest';
import { ask, startBackend } from '@bookinfo/testing';
import { tableOf, type TableParts } from '@bookinfo/routing/testing';
import { DEFAULT_RETRY_POLICY, type TracingSettings } from '@bookinfo/routing';
import type { AccessLogEntry } from './access-log/access-log-entry.js';
import { Proxy } from './listener/proxy.js';
import type { MirroredRequest } from './access-log/mirrored-request.js';
import type { Tracing } from './tracing.js';

const CLIENT = {
  'x-b3-traceid': '463ac35c9f6413ad48485a3953bb6124',
  'x-b3-spanid': 'a2fb4a1d1a96d312',
  b3: '463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1',
};

/** Sends a request with a trace through a sidecar; the backend responds with the statuses in turn. */
async function traced(
  serverSpan: Tracing['serverSpan'],
  statuses = [200],
  parts: Partial<TableParts> = {},
  settings: TracingSettings = {},
) {
  const seen: IncomingHttpHeaders[] = [];
  const entries: AccessLogEntry[] = [];
  const copies: MirroredRequest[] = [];
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen.push(request.headers);
    response.writeHead(statuses[seen.length - 1] ?? 200).end();
  });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: { ...tableOf({ endpoints: [backend.endpoint], ...parts }), tracing: settings },
    random: () => 0,
    onAccess: (entry) => entries.push(entry),
    onMirrored: (copy) => copies.push(copy),
    tracing: { sampledShare: 1, serverSpan },
  });
  await ask(proxy.port, { headers: { host: 'reviews:9080', ...CLIENT } });
  await expect.poll(() => entries.length).toBe(1);
  return { seen, entry: entries[0], copies, ids: seen.map((headers) => headers['x-b3-spanid']) };
}

test.each(['none', 'shared'] as const)(
  'with %s server span the endpoint gets the span of the proxy',
  async (serverSpan) => {
    const { seen, entry, ids } = await traced(serverSpan);
    expect(entry?.trace).toMatchObject({
      traceId: CLIENT['x-b3-traceid'],
      parentSpanId: CLIENT['x-b3-spanid'],
    });
    expect(ids).toEqual([entry?.trace?.spanId]);
    expect(entry?.attempts.map(({ spanId }) => spanId)).toEqual(ids);
    expect(seen[0]).toMatchObject({
      'x-b3-traceid': CLIENT['x-b3-traceid'],
      'x-b3-parentspanid': CLIENT['x-b3-spanid'],
      traceparent: `00-${CLIENT['x-b3-traceid']}-${String(ids[0])}-01`,
    });
    expect(seen[0]?.['b3']).toBeUndefined();
  },
);

test('each try has a server span of its own below that of the proxy', async () => {
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, numRetries: 1, retryOn: ['5xx'] };
  const { seen, entry, ids } = await traced('own', [503, 200], { action: { retryPolicy } });
  expect(new Set([...ids, entry?.trace?.spanId]).size).toBe(3);
  expect(entry?.attempts).toMatchObject([
    { status: 503, spanId: ids[0], isSent: true },
    { status: 200, spanId: ids[1], isSent: true },
  ]);
  for (const headers of seen) expect(headers['x-b3-parentspanid']).toBe(entry?.trace?.spanId);
});

test('the copy for a mirror is a span of its own, with its own server span', async () => {
  const mirror = {
    cluster: 'outbound|9080||reviews.default.svc.cluster.local',
    percentage: 100,
    shadowHostSuffix: true,
  };
  const { seen, entry, copies, ids } = await traced('own', [200, 200], { action: { mirrors: [mirror] } });
  await expect.poll(() => copies.length).toBe(1);
  const [copy] = copies;
  const ofCopy = seen.find(({ host }) => host?.includes('-shadow'));
  expect(copy?.trace).toMatchObject({ traceId: entry?.trace?.traceId, parentSpanId: entry?.trace?.spanId });
  expect(ofCopy).toMatchObject({
    'x-b3-spanid': copy?.attempt.spanId,
    'x-b3-parentspanid': copy?.trace?.spanId,
  });
  expect(copy?.attempt).toMatchObject({ isSent: true, status: 200 });
  expect(new Set(ids).size).toBe(2);
});

test('the edits of a rule do not change the trace', async () => {
  const requestHeaders = {
    add: [{ name: 'x-b3-spanid', value: 'theirs', append: false }],
    remove: ['x-b3-traceid'],
  };
  const { seen, entry } = await traced('none', [200], { route: { requestHeaders } });
  expect(seen[0]).toMatchObject({
    'x-b3-traceid': entry?.trace?.traceId,
    'x-b3-spanid': entry?.trace?.spanId,
  });
});

test('a gateway that records spans begins the trace that its endpoint continues', async () => {
  const seen: IncomingHttpHeaders[] = [];
  await using backend = await startBackend('reviews-v1', (request, response) => {
    seen.push(request.headers);
    response.end();
  });
  const table = tableOf({ endpoints: [backend.endpoint] });
  const tracing = { sampledShare: 1, serverSpan: 'none' } as const;
  const entries: AccessLogEntry[] = [];
  await using proxy = await Proxy.start({
    role: 'gateway',
    table,
    tracing,
    onAccess: (each) => entries.push(each),
  });
  await ask(proxy.port, { path: '/', headers: { host: 'reviews:9080' } });
  await expect.poll(() => entries.length).toBe(1);
  const { traceId, spanId } = entries[0]!.trace!;
  expect(seen[0]).toMatchObject({ 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-sampled': '1' });
  expect(seen[0]?.['x-b3-parentspanid']).toBeUndefined();
});

test('rules that disable spans leave the headers of the trace as they are', async () => {
  const { seen, entry } = await traced('own', [200], {}, { isDisabled: true });
  expect(entry?.trace).toBeUndefined();
  expect(seen[0]).toMatchObject(CLIENT);
});

test('the share of the rules decides on a trace that begins at the proxy, and not on that of a client', async () => {
  await using backend = await startBackend('reviews-v1');
  const entries: AccessLogEntry[] = [];
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table: { ...tableOf({ endpoints: [backend.endpoint] }), tracing: { randomSamplingPercentage: 0 } },
    onAccess: (entry) => entries.push(entry),
    tracing: { sampledShare: 1, serverSpan: 'own' },
  });
  await ask(proxy.port);
  await ask(proxy.port, { headers: { host: 'reviews', 'x-b3-sampled': '1' } });
  await expect.poll(() => entries.map(({ trace }) => trace?.isSampled)).toEqual([false, true]);
});

test('custom tags have their text, the value of a header, or that of the environment, and none is empty', async () => {
  vi.stubEnv('BOOKINFO_TEST_ZONE', 'north');
  const { entry } = await traced(
    'own',
    [200],
    {},
    {
      customTags: [
        { tag: 'literal', kind: 'literal', value: 'text' },
        { tag: 'span', kind: 'header', name: 'x-b3-spanid', defaultValue: 'none' },
        { tag: 'user', kind: 'header', name: 'end-user', defaultValue: 'none' },
        { tag: 'zone', kind: 'environment', name: 'BOOKINFO_TEST_ZONE', defaultValue: '' },
        { tag: 'unset', kind: 'environment', name: 'BOOKINFO_TEST_UNSET', defaultValue: '' },
      ],
    },
  );
  vi.unstubAllEnvs();
  expect(entry?.customTags).toEqual({
    literal: 'text',
    span: CLIENT['x-b3-spanid'],
    user: 'none',
    zone: 'north',
  });
});
