import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';
import { startBackends } from '../../test/start-backends.js';

/** Backends at a closed port. */
const NO_BACKENDS = {
  DETAILS_HOSTNAME: '127.0.0.1',
  DETAILS_SERVICE_PORT: '1',
  REVIEWS_HOSTNAME: '127.0.0.1',
  REVIEWS_SERVICE_PORT: '1',
};

test.each(['/', '/index.html'])('GET %s has a greeting and two links to the page', async (path) => {
  await using service = await startTestService(productpage);
  const response = await request(service.url).get(path);
  expect([response.status, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(response.text).toContain('Hello! This is a simple bookstore application');
  expect(response.text).toContain('href="/productpage?u=normal"');
  expect(response.text).toContain('href="/productpage?u=test"');
});

test('GET / has its title on a line of its own, indented by four spaces', async () => {
  await using service = await startTestService(productpage);
  const lines = (await request(service.url).get('/')).text.split('\n');
  expect(lines.filter((line) => line.includes('<title'))).toEqual([
    '    <title>Simple Bookstore App</title>',
  ]);
});

test.each(['', '?u=normal', '?u=test', '?u=%00&v=<script>&u=2'])(
  'GET /productpage%s is the page',
  async (query) => {
    await using backends = await startBackends();
    await using service = await startTestService(productpage, backends.env);
    const response = await request(service.url).get(`/productpage${query}`);
    expect([response.status, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.text).toContain('William Shakespeare');
  },
);

test('HEAD /productpage is the page without its body', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, backends.env);
  const { headers } = await request(service.url).get('/productpage');
  const response = await request(service.url).head('/productpage');
  expect([response.status, response.text]).toEqual([200, undefined]);
  expect(response.headers['content-length']).toBe(headers['content-length']);
});

test.each(['get', 'head'] as const)(
  '%s /productpage is a 200 even when both backends are down',
  async (method) => {
    await using service = await startTestService(productpage, NO_BACKENDS);
    const response = await request(service.url)[method]('/productpage');
    expect([response.status, response.type]).toEqual([200, 'text/html']);
  },
);

test.each(['post', 'put', 'delete', 'patch'] as const)('%s /productpage is a 405', async (method) => {
  await using service = await startTestService(productpage);
  expect((await request(service.url)[method]('/productpage')).status).toBe(405);
});

test('GET /productpage/ is a 404', async () => {
  await using service = await startTestService(productpage);
  expect((await request(service.url).get('/productpage/')).status).toBe(404);
});

test('the page is built by two calls, details and then reviews', async () => {
  await using backends = await startBackends({ details: { status: 503, delayMs: 100 } });
  await using service = await startTestService(productpage, backends.env);
  await request(service.url).get('/productpage');
  expect(backends.requests.map(({ path }) => path)).toEqual(['/details/0', '/reviews/0']);
  expect(backends.maxConcurrent()).toBe(1);
});

test('both backends get every trace header', async () => {
  const headers = {
    'x-request-id': 'r-1',
    'x-b3-traceid': '80f198ee56343ba864fe8b2a57d3eff7',
    'x-b3-spanid': 'e457b5a2e4d86bd1',
    'x-b3-sampled': '1',
    sw8: '1-x',
    traceparent: '00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01',
    baggage: 'a=1',
    authorization: 'Bearer x',
    'user-agent': 'test',
  };
  await using backends = await startBackends();
  await using service = await startTestService(productpage, backends.env);
  await request(service.url).get('/productpage').set(headers);
  expect(backends.requests.length).toBe(2);
  for (const call of backends.requests) expect(call.headers).toMatchObject(headers);
});

test('x-bookinfo-path has every service that took part, in call order', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, SERVICE_VERSION: 'v2' });
  const response = await request(service.url).get('/productpage');
  expect(response.headers).toMatchObject({
    'x-bookinfo-version': 'productpage-v2',
    'x-bookinfo-path': 'productpage-v2 details-v1 reviews-v3 ratings-v1',
  });
});

test('a page runs no script, loads nothing from other hosts, appears in no frame and is not cached', async () => {
  await using service = await startTestService(productpage);
  const response = await request(service.url).get('/');
  expect(response.headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  });
  expect(response.text).not.toMatch(/<script|style=|https?:/);
});
