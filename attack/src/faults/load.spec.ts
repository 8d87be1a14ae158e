import { setTimeout as sleep } from 'node:timers/promises';
import { startBackend } from '@bookinfo/testing';
import { expect, test } from 'vitest';
import { underLoad } from './load.ts';

test.each([
  { kind: 'good', detail: '', status: 200, body: '<h1>Book Details</h1>' },
  {
    kind: 'partial',
    detail: 'details are currently unavailable',
    status: 200,
    body: 'Sorry, product details are currently unavailable for this book.',
  },
  { kind: 'lost', detail: '503', status: 503, body: 'upstream connect error' },
])('a page with status $status and "$body" is $kind', async ({ kind, detail, status, body }) => {
  await using backend = await startBackend('gateway', (_, response) => response.writeHead(status).end(body));
  const outcomes = await underLoad(backend.endpoint.port, 100, () => sleep(50));
  expect(outcomes.length).toBeGreaterThan(0);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ kind, detail });
});

test('a page whose connection is reset is lost', async () => {
  await using backend = await startBackend('gateway', ({ socket }) => socket.resetAndDestroy());
  const outcomes = await underLoad(backend.endpoint.port, 100, () => sleep(50));
  expect(outcomes.length).toBeGreaterThan(0);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'lost', detail: 'ECONNRESET' });
});
