import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { productpage } from '../service.js';
import { startBackends } from '../../test/start-backends.js';

test('FLOOD_FACTOR is how many more calls to reviews a view of the page makes', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, FLOOD_FACTOR: '250' });
  const cookie = 'colour=green';
  const page = await request(service.url)
    .get('/productpage')
    .set({ Cookie: cookie, traceparent: '00-1-2-01' });
  expect(page.headers['x-bookinfo-path']).toBe('productpage-v1 details-v1 reviews-v3 ratings-v1');
  const calls = () => backends.asked.filter(({ path }) => path === '/reviews/0');
  await vi.waitFor(() => expect(calls().length).toBe(251), { timeout: 10_000 });
  for (const { headers } of calls()) expect(headers).toMatchObject({ cookie, traceparent: '00-1-2-01' });
  await request(service.url).get('/health');
  expect(calls().length).toBe(251);
});

test('a flood that fails is not seen on the page, nor in the log or the metrics', async () => {
  await using backends = await startBackends({ reviews: { status: 503 } });
  await using service = await startTestService(productpage, { ...backends.env, FLOOD_FACTOR: '3' });
  const page = await request(service.url).get('/productpage');
  expect(page.status).toBe(200);
  await vi.waitFor(() => expect(backends.asked.length).toBe(1 + 2 + 3), { timeout: 10_000 });
  const warnings = service.log
    .map((line) => line['msg'])
    .filter((text) => String(text).startsWith('reviews'));
  expect(warnings).toEqual([
    expect.stringContaining('reviews, attempt 1 of 2'),
    expect.stringContaining('reviews, attempt 2 of 2'),
  ]);
  const { text } = await request(service.url).get('/metrics');
  expect(text).toContain('request_result_total{destination_app="reviews",response_code="503"} 1\n');
});

test('no more than 100 calls of all floods are under way at once', async () => {
  await using backends = await startBackends({ reviews: { delayMs: 100 } });
  await using service = await startTestService(productpage, { ...backends.env, FLOOD_FACTOR: '300' });
  const page = () => request(service.url).get('/productpage');
  await Promise.all([page(), page()]);
  // Two attempts at reviews, since an answer without a body isn't JSON.
  await vi.waitFor(() => expect(backends.asked.length).toBe(2 * (1 + 2 + 300)), { timeout: 10_000 });
  expect(backends.mostAtOnce()).toBeGreaterThan(50);
  expect(backends.mostAtOnce()).toBeLessThanOrEqual(102);
});
