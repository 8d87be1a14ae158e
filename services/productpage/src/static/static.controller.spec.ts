import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';

test('every file that a page refers to exists and can be cached forever', async () => {
  await using service = await startTestService(productpage);
  const page = await request(service.url).get('/');
  const urls = new Set(
    [...page.text.matchAll(/(?:src|href)="(\/static\/[^"]*)"/g)].map(([, url = '']) =>
      url.replace('&#x3D;', '='),
    ),
  );
  expect(urls.size).toBe(3);
  for (const url of urls) {
    const response = await request(service.url).get(url);
    expect([url, response.status, response.headers['cache-control']]).toEqual([
      url,
      200,
      'public, max-age=31536000, immutable',
    ]);
  }
});

test('the stylesheet is small, and does not contain the class that Istio counts stars by', async () => {
  await using service = await startTestService(productpage);
  const response = await request(service.url).get('/static/style.css');
  expect([response.status, response.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
  expect(response.text.length).toBeLessThan(20_000);
  expect(response.text).not.toContain('glyphicon');
});

test.each(['/static/style.css', '/static/style.css?v=0123456789abcdef'])(
  '%s, without the current version, can not be cached',
  async (url) => {
    await using service = await startTestService(productpage);
    const response = await request(service.url).get(url);
    expect([response.status, response.headers['cache-control']]).toEqual([200, 'no-cache']);
  },
);

test.each(['/static/none.css', '/static/..%2fpackage.json', '/static/%2e%2e/package.json'])(
  '%s is a 404',
  async (url) => {
    await using service = await startTestService(productpage);
    const response = await request(service.url).get(url);
    expect([response.status, response.body]).toEqual([404, { error: 'not found' }]);
  },
);
