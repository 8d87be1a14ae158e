import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { startBackend, ask, type HttpResponse, ManualClock } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { type CircuitBreakers, type Cluster, UNLIMITED, DEFAULT_RETRY_POLICY } from '@bookinfo/routing';
import { Proxy } from '../listener/proxy.js';

const OVERFLOW = {
  status: 503,
  body: 'upstream connect error or disconnect/reset before headers. reset reason: overflow',
};

/** A sidecar with these limits, in front of one backend that responds when `release` is called. */
async function startMesh(limits: Partial<CircuitBreakers>, cluster: Partial<Cluster> = {}, status = 200) {
  const held: ServerResponse[] = [];
  const seen = { connections: 0, requests: 0 };
  const stack = new AsyncDisposableStack();
  const backend = stack.use(
    await startBackend('reviews-v1', (_, response) => {
      seen.requests += 1;
      response.statusCode = status;
      held.push(response);
      backend.server.emit('held');
    }),
  );
  backend.server.on('connection', () => (seen.connections += 1));
  const clock = new ManualClock();
  const table = tableOf({
    endpoints: [backend.endpoint],
    cluster: { circuitBreakers: { ...UNLIMITED, ...limits }, ...cluster },
    action: { retryPolicy: { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx', 'reset'] } },
  });
  const proxy = stack.use(await Proxy.start({ role: 'sidecar', table, clock, random: () => 0.5 }));
  return {
    seen,
    clock,
    ask: () => ask(proxy.port),
    /** Sends a request, and resolves when it has reached the backend. */
    async begin(): Promise<Promise<HttpResponse>[]> {
      const arrived = once(backend.server, 'held');
      const answer = ask(proxy.port);
      await arrived;
      return [answer];
    },
    /** Makes the backend respond to its pending requests. */
    release(): void {
      for (const response of held.splice(0)) response.end('done');
    },
    arrived: () => once(backend.server, 'held'),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('a request above the limit gets 503 without a retry, and a later one is served', async () => {
  await using mesh = await startMesh({ maxRequests: 1 });
  const [first] = await mesh.begin();
  const second = await mesh.ask();
  expect(second).toMatchObject(OVERFLOW);
  expect(second.headers['x-envoy-overloaded']).toBe('true');
  expect(mesh.seen.requests).toBe(1);
  mesh.release();
  expect(await first).toMatchObject({ status: 200, body: 'done' });
  const [third] = await mesh.begin();
  mesh.release();
  expect(await third).toMatchObject({ status: 200 });
});

test('with one connection the next request waits for it, and the one after gets 503', async () => {
  await using mesh = await startMesh({ maxConnections: 1, maxPendingRequests: 1 });
  const [first] = await mesh.begin();
  const others = [mesh.ask(), mesh.ask()];
  expect(await Promise.race(others)).toMatchObject(OVERFLOW);
  const arrived = mesh.arrived();
  mesh.release();
  await arrived;
  mesh.release();
  const statuses = (await Promise.all(others)).map(({ status }) => String(status)).toSorted();
  expect([(await first)?.status, ...statuses]).toEqual([200, '200', '503']);
  expect(mesh.seen).toEqual({ connections: 1, requests: 2 });
});

test.each([
  [1, 4],
  [2, 2],
])('a connection is closed after %i requests', async (maxRequestsPerConnection, connections) => {
  await using mesh = await startMesh({}, { maxRequestsPerConnection });
  for (let count = 0; count < 4; count += 1) {
    const [answer] = await mesh.begin();
    mesh.release();
    expect(await answer).toMatchObject({ status: 200 });
  }
  expect(mesh.seen).toEqual({ connections, requests: 4 });
});

test('a connection that is unused for the idle timeout is closed', async () => {
  await using mesh = await startMesh({}, { idleTimeoutMs: 3000 });
  for (const pause of [2999, 3000, 0]) {
    const [answer] = await mesh.begin();
    mesh.release();
    await answer;
    await mesh.clock.waitFor(3000);
    mesh.clock.advance(pause);
  }
  expect(mesh.seen).toEqual({ connections: 2, requests: 3 });
});

test('above the limit of concurrent retries a request gets its first response', async () => {
  await using mesh = await startMesh({ maxRetries: 1 }, {}, 503);
  const [first] = await mesh.begin();
  mesh.release();
  await mesh.clock.waitFor(12.5);
  const [second] = await mesh.begin();
  mesh.release();
  expect(await second).toMatchObject({ status: 503, body: 'done' });
  expect(mesh.seen.requests).toBe(2);
  for (const wait of [12.5, 25]) {
    await mesh.clock.waitFor(wait);
    const arrived = mesh.arrived();
    mesh.clock.advance(wait);
    await arrived;
    mesh.release();
  }
  expect(await first).toMatchObject({ status: 503, body: 'done' });
  expect(mesh.seen.requests).toBe(4);
});
