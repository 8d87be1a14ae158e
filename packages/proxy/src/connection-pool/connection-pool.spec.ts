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

test('an aborted request frees its place among the waiting ones', async () => {
  await using backend = await startBackend('a');
  using upstream = startPool();
  await upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  const cancel = new AbortController();
  const second = upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', cancel.signal);
  await expect(upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER)).rejects.toBeInstanceOf(
    Overflow,
  );
  cancel.abort(new Error('aborted'));
  await expect(second).rejects.toThrow('aborted');
  const third = upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  await expect(upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER)).rejects.toBeInstanceOf(
    Overflow,
  );
  upstream.pool.destroy();
  await expect(third).rejects.toThrow('the proxy is closed');
});

test('a waiting request gets a new connection when the previous one is closed', async () => {
  await using backend = await startBackend('a');
  using upstream = startPool();
  const first = await upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  const second = upstream.pool.acquire(ONE_EACH, backend.endpoint, 'reviews', NEVER);
  first.destroy(new Error('broken'));
  expect(await second).not.toBe(first);
  expect(upstream.made()).toBe(2);
});

test('the limit of connections is per cluster, but every endpoint may have one', async () => {
  await using one = await startBackend('a');
  await using other = await startBackend('b');
  using upstream = startPool();
  const cluster = clusterOf({ circuitBreakers: { ...UNLIMITED, maxConnections: 1 } });
  await upstream.pool.acquire(cluster, one.endpoint, 'reviews', NEVER);
  await upstream.pool.acquire(cluster, other.endpoint, 'reviews', NEVER);
  expect(upstream.made()).toBe(2);
});

test('every request that waits for an endpoint that refuses connections fails', async () => {
  const endpoint = await deadEndpoint('a');
  using upstream = startPool();
  const both = [1, 2].map(() => upstream.pool.acquire(clusterOf(), endpoint, 'reviews', NEVER));
  const results = await Promise.allSettled(both);
  expect(results.map((result) => result.status === 'rejected' && String(result.reason))).toEqual([
    'Error: remote connection failure',
    'Error: remote connection failure',
  ]);
});
