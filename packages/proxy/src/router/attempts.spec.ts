import { once } from 'node:events';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { deadEndpoint, startBackend, startTcpBackend, ask, ManualClock } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { DEFAULT_RETRY_POLICY, type Endpoint, type ForwardAction, type RetryPolicy } from '@bookinfo/routing';
import { Proxy } from '../listener/proxy.js';

/** A sidecar whose retries have no pause. */
function startSidecar(
  endpoints: Endpoint[],
  retryPolicy: Partial<RetryPolicy>,
  action: Partial<ForwardAction> = {},
  clock?: ManualClock,
): Promise<Proxy> {
  const table = tableOf({
    endpoints,
    cluster: { lbPolicy: { kind: 'ROUND_ROBIN' } },
    action: { ...action, retryPolicy: { ...DEFAULT_RETRY_POLICY, ...retryPolicy } },
  });
  return Proxy.start({ role: 'sidecar', table, random: () => 0, ...(clock && { clock }) });
}

/** A backend that responds with one status after the other, and records the attempts. */
async function startStatuses(statuses: number[], headers: Record<string, string> = {}) {
  const attempts: string[] = [];
  const backend = await startBackend('reviews-v1', (incoming, response) => {
    const answer = (body: string): ServerResponse => {
      attempts.push(`${String(incoming.headers['x-envoy-attempt-count'])}:${body}`);
      return response
        .writeHead(statuses[attempts.length - 1] ?? 200, headers)
        .end(`attempt ${attempts.length}`);
    };
    void text(incoming).then(answer);
  });
  return { ...backend, attempts };
}

test('a response that the policy retries causes another attempt with the same body', async () => {
  await using backend = await startStatuses([503, 502, 200]);
  await using proxy = await startSidecar([backend.endpoint], { numRetries: 2, retryOn: ['5xx'] });
  const answer = await ask(proxy.port, { method: 'POST', body: 'stars' });
  expect(answer).toMatchObject({ status: 200, body: 'attempt 3' });
  expect(backend.attempts).toEqual(['1:stars', '2:stars', '3:stars']);
});

test('when the retries are used up, the client gets the last response', async () => {
  await using backend = await startStatuses([503, 502, 500, 200]);
  await using proxy = await startSidecar([backend.endpoint], { numRetries: 2, retryOn: ['5xx'] });
  expect(await ask(proxy.port)).toMatchObject({ status: 500, body: 'attempt 3' });
});

test('a status that the policy does not name is final', async () => {
  await using backend = await startStatuses([500, 200]);
  await using proxy = await startSidecar([backend.endpoint], { retryOn: ['gateway-error'] });
  expect(await ask(proxy.port)).toMatchObject({ status: 500, body: 'attempt 1' });
});

test('an overloaded response is retried, unlike in Envoy’s documentation', async () => {
  await using backend = await startStatuses([503, 200], { 'x-envoy-overloaded': 'true' });
  await using proxy = await startSidecar([backend.endpoint], { retryOn: ['5xx'] });
  expect((await ask(proxy.port)).body).toBe('attempt 2');
});

test('headers of the client that control retries are neither applied nor forwarded', async () => {
  let seen: IncomingMessage['headers'] = {};
  await using backend = await startBackend('reviews-v1', (incoming, response) => {
    seen = incoming.headers;
    response.writeHead(503).end();
  });
  await using proxy = await startSidecar([backend.endpoint], {});
  const headers = {
    'x-envoy-retry-on': '5xx',
    'x-envoy-max-retries': '3',
    'x-envoy-upstream-rq-timeout-ms': '1',
    'x-envoy-attempt-count': '7',
  };
  expect((await ask(proxy.port, { headers })).status).toBe(503);
  expect(Object.entries(seen).filter(([name]) => name.startsWith('x-envoy'))).toEqual([
    ['x-envoy-attempt-count', '1'],
  ]);
});

test('a body of exactly 1 MiB is sent again, a longer one is not', async () => {
  await using backend = await startStatuses([503, 200, 503, 200]);
  await using proxy = await startSidecar([backend.endpoint], { retryOn: ['5xx'] });
  const sizes = [];
  for (const bytes of [2 ** 20, 2 ** 20 + 1]) {
    const body = Buffer.alloc(bytes, 'x');
    sizes.push(await ask(proxy.port, { method: 'POST', body, headers: { 'content-length': bytes } }));
  }
  expect(sizes.map(({ status }) => status)).toEqual([200, 503]);
  expect(backend.attempts.map((each) => each.length - 2)).toEqual([2 ** 20, 2 ** 20, 2 ** 20 + 1]);
});

test('a body that becomes too long during the pause before a retry: 507', async () => {
  const clock = new ManualClock();
  await using backend = await startTcpBackend('reviews-v1', (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n')),
  );
  const table = tableOf({
    endpoints: [backend.endpoint],
    action: { retryPolicy: { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx'] } },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock, random: () => 0.5 });
  const asking = request({ port: proxy.port, method: 'POST', headers: { host: 'reviews' } });
  asking.on('error', () => undefined);
  asking.write('first');
  await clock.waitFor(12.5);
  asking.write(Buffer.alloc(2 ** 20));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(507);
  expect(await text(response)).toBe('exceeded request buffer limit while retrying upstream');
  asking.destroy();
});

test('a body that arrives during the pause before a retry is sent complete', async () => {
  const clock = new ManualClock();
  let requests = 0;
  await using backend = await startBackend('reviews-v1', (incoming, response) => {
    requests += 1;
    if (requests === 1) response.writeHead(503).end();
    else void text(incoming).then((body) => response.end(body));
  });
  await using proxy = await startSidecar([backend.endpoint], { retryOn: ['5xx'] }, {}, clock);
  const asking = request({ port: proxy.port, method: 'POST', headers: { host: 'reviews' } });
  asking.write('first ');
  await clock.waitFor(0);
  asking.write('second ');
  clock.advance(0);
  asking.end('third');
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  expect(await text(response)).toBe('first second third');
});

test('an attempt that exceeds perTryTimeout ends, and another endpoint is attempted', async () => {
  const clock = new ManualClock();
  await using slow = await startBackend('slow', () => undefined);
  await using fast = await startBackend('fast');
  const endpoints = [slow.endpoint, fast.endpoint];
  await using proxy = await startSidecar(endpoints, { retryOn: ['5xx'], perTryTimeoutMs: 300 }, {}, clock);
  const asking = ask(proxy.port);
  await once(slow.server, 'request');
  clock.advance(299);
  expect(clock.waits).toContain(300);
  clock.advance(1);
  await clock.waitFor(0);
  clock.advance(0);
  expect((await asking).body).toBe('fast');
  expect(clock.waits).toEqual([]);
});

test.each([
  ['no retries', 0, ['5xx']],
  ['other conditions', 2, ['connect-failure']],
])('an attempt that exceeds perTryTimeout, with %s: 504', async (_, numRetries, retryOn) => {
  const clock = new ManualClock();
  await using backend = await startBackend('slow', () => undefined);
  const policy = { numRetries, retryOn, perTryTimeoutMs: 300 };
  await using proxy = await startSidecar([backend.endpoint], policy, {}, clock);
  const asking = ask(proxy.port);
  await once(backend.server, 'request');
  clock.advance(300);
  expect(await asking).toMatchObject({ status: 504, body: 'upstream request timeout' });
});

test('an attempt with a perTryTimeout ends when its client disconnects', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('slow', () => undefined);
  const policy = { retryOn: ['5xx'], perTryTimeoutMs: 300 };
  await using proxy = await startSidecar([backend.endpoint], policy, {}, clock);
  const client = new AbortController();
  const asking = ask(proxy.port, { signal: client.signal }).catch((error: unknown) => error);
  const [, response] = (await once(backend.server, 'request')) as [IncomingMessage, ServerResponse];
  client.abort();
  await once(response, 'close');
  expect(await asking).toBeInstanceOf(Error);
  expect(clock.waits).toEqual([]);
});

test('a response that has begun may take longer than perTryTimeout', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('slow', (_, response) => void response.write('half'));
  const policy = { retryOn: ['5xx'], perTryTimeoutMs: 300 };
  await using proxy = await startSidecar([backend.endpoint], policy, {}, clock);
  const asking = request({ port: proxy.port, headers: { host: 'reviews' } }).end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  expect(clock.waits).toEqual([]);
  response.destroy();
});

test('a perTryTimeout that is not shorter than the route’s timeout has no effect', async () => {
  const clock = new ManualClock();
  await using backend = await startBackend('slow', () => undefined);
  const policy = { retryOn: ['5xx'], perTryTimeoutMs: 500 };
  await using proxy = await startSidecar([backend.endpoint], policy, { timeoutMs: 500 }, clock);
  const asking = ask(proxy.port);
  await once(backend.server, 'request');
  expect(clock.waits).toEqual([500]);
  clock.advance(500);
  expect((await asking).status).toBe(504);
});

test('the route’s timeout covers all attempts and the pauses between them', async () => {
  const clock = new ManualClock();
  const table = tableOf({ endpoints: [await deadEndpoint('dead')], action: { timeoutMs: 10 } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock, random: () => 0.5 });
  const asking = ask(proxy.port);
  await clock.waitFor(12.5);
  clock.advance(10);
  expect(await asking).toMatchObject({ status: 504, body: 'upstream request timeout' });
});

test.each([
  [true, ['a', 'b']],
  [false, ['a', 'a']],
])('endpoints attempted with avoidPreviousHosts %s', async (avoidPreviousHosts, expected) => {
  const asked: string[] = [];
  const failing = (name: string) =>
    startBackend(name, (_, response) => {
      asked.push(name);
      response.writeHead(503).end();
    });
  await using a = await failing('a');
  await using b = await failing('b');
  const table = tableOf({
    endpoints: [a.endpoint, b.endpoint],
    cluster: { lbPolicy: { kind: 'RANDOM' } },
    action: {
      retryPolicy: { ...DEFAULT_RETRY_POLICY, numRetries: 1, retryOn: ['5xx'], avoidPreviousHosts },
    },
  });
  await using proxy = await Proxy.start({ role: 'sidecar', table, random: () => 0 });
  expect((await ask(proxy.port)).status).toBe(503);
  expect(asked).toEqual(expected);
});

test('the pause between attempts doubles, up to ten times the base interval', async () => {
  const clock = new ManualClock();
  const policy = { ...DEFAULT_RETRY_POLICY, numRetries: 5, baseIntervalMs: 10 };
  const table = tableOf({ endpoints: [await deadEndpoint('dead')], action: { retryPolicy: policy } });
  await using proxy = await Proxy.start({ role: 'sidecar', table, clock, random: () => 0.5 });
  const asking = ask(proxy.port);
  for (const wait of [5, 10, 20, 40, 50]) {
    await clock.waitFor(wait);
    clock.advance(wait);
  }
  expect((await asking).status).toBe(503);
});
