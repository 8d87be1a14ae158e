import { setImmediate as turn } from 'node:timers/promises';
import type { UpstreamClient } from '@bookinfo/service-kit';
import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';
import { productpageSettings } from '../settings.js';
import { startBackends } from '../../test/start-backends.js';
import { LoadGeneratorService } from './load-generator.service.js';

const WAIT = { timeout: 15_000 };

test('a view of the page makes FLOOD_FACTOR extra calls to reviews, with its headers', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, FLOOD_FACTOR: '60' });
  const cookie = 'colour=green';
  const page = await request(service.url)
    .get('/productpage')
    .set({ Cookie: cookie, traceparent: '00-1-2-01' });
  expect(page.headers['x-bookinfo-path']).toBe('productpage-v1 details-v1 reviews-v3 ratings-v1');
  const calls = () => backends.requests.filter(({ path }) => path === '/reviews/0');
  await expect.poll(() => calls().length, WAIT).toBe(61);
  for (const { headers } of calls()) expect(headers).toMatchObject({ cookie, traceparent: '00-1-2-01' });
  await request(service.url).get('/health');
  expect(calls().length).toBe(61);
});

test('extra calls that fail do not appear on the page, in the log or in the metrics', async () => {
  await using backends = await startBackends({ reviews: { status: 503 } });
  await using service = await startTestService(productpage, { ...backends.env, FLOOD_FACTOR: '3' });
  const page = await request(service.url).get('/productpage');
  expect(page.status).toBe(200);
  await expect.poll(() => backends.requests.length, WAIT).toBe(1 + 2 + 3);
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

/** A generator whose calls end when the test releases them. */
function startGenerator(FLOOD_FACTOR: number) {
  const inFlight: (() => void)[] = [];
  let calls = 0;
  const getJson = () => {
    calls++;
    return new Promise<void>((resolve) => inFlight.push(resolve));
  };
  const generator = new LoadGeneratorService(
    productpageSettings.schema.parse({ FLOOD_FACTOR: String(FLOOD_FACTOR) }),
    {
      getJson,
    } as unknown as UpstreamClient,
  );
  const releaseAll = async () => {
    for (const release of inFlight.splice(0)) release();
    await turn();
  };
  return { generator, inFlight, releaseAll, calls: () => calls };
}

test('at most 100 extra calls are in flight, of all views together', async () => {
  const { generator, inFlight, releaseAll, calls } = startGenerator(150);
  generator.start();
  generator.start();
  for (const total of [100, 200, 300]) {
    expect([inFlight.length, calls()]).toEqual([100, total]);
    await releaseAll();
  }
  expect([inFlight.length, calls()]).toEqual([0, 300]);
});

test('at most 100 views wait for their extra calls; the oldest is dropped', async () => {
  const { generator, inFlight, releaseAll, calls } = startGenerator(101);
  for (let view = 0; view < 101; view++) generator.start();
  // The last call of the first view was dropped when the last view came.
  while (inFlight.length > 0) await releaseAll();
  expect(calls()).toBe(101 * 101 - 1);
});
