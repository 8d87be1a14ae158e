import { expect, test } from 'vitest';
import { deadEndpoint, startBackend } from '@bookinfo/testing';
import { clusterOf } from '@bookinfo/routing/testing';
import { systemClock } from '@bookinfo/effects';
import { UNLIMITED, Overflow } from '@bookinfo/routing';
import { ConnectionPool } from './connection-pool.js';

const NEVER = new AbortController().signal;
const ONE_EACH = clusterOf({ circuitBreakers: { ...UNLIMITED, maxConnections: 1, maxPendingRequests: 1 } });

function startPool() {
  let made = 0;
  const pool = new ConnectionPool(systemClock, () => (made += 1));
  return { pool, made: () => made, [Symbol.dispose]: () => pool.destroy() };
}

test('a request that waits leaves its place when it is given up', async () => {
  await using backend = await startBackend('a');
  using upstream = startPool();
  await upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  const givenUp = new AbortController();
  const second = upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', givenUp.signal);
  await expect(upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER)).rejects.toBeInstanceOf(
    Overflow,
  );
  givenUp.abort(new Error('given up'));
  await expect(second).rejects.toThrow('given up');
  const third = upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  await expect(upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER)).rejects.toBeInstanceOf(
    Overflow,
  );
  upstream.pool.destroy();
  await expect(third).rejects.toThrow('the proxy is closed');
});

test('who waits gets a new connection when the one before is closed', async () => {
  await using backend = await startBackend('a');
  using upstream = startPool();
  const first = await upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  const second = upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  first.destroy(new Error('broken'));
  expect(await second).not.toBe(first);
  expect(upstream.made()).toBe(2);
});

test('the limit of connections is the cluster’s, but every endpoint may have one', async () => {
  await using one = await startBackend('a');
  await using other = await startBackend('b');
  using upstream = startPool();
  const cluster = clusterOf({ circuitBreakers: { ...UNLIMITED, maxConnections: 1 } });
  await upstream.pool.acquire(cluster, one.endpoint, 'reviews', NEVER);
  await upstream.pool.acquire(cluster, other.endpoint, 'reviews', NEVER);
  expect(upstream.made()).toBe(2);
});

test('all that wait for an endpoint that nobody listens on learn of it', async () => {
  const endpoint = await deadEndpoint('a');
  using upstream = startPool();
  const both = [1, 2].map(() => upstream.pool.acquire(clusterOf(), endpoint, 'reviews', NEVER));
  const results = await Promise.allSettled(both);
  expect(results.map((result) => result.status === 'rejected' && String(result.reason))).toEqual([
    'Error: remote connection failure',
    'Error: remote connection failure',
  ]);
});
