import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../service.js';

test('every file that a page refers to is there, and may be kept for good', async () => {
  await using service = await startTestService(productpage);
  const page = await request(service.url).get('/');
  const urls = new Set(
    [...page.text.matchAll(/(?:src|href)="(\/static\/[^"]*)"/g)].map(([, url = '']) =>
      url.replace('&#x3D;', '='),
    ),
  );
  expect(urls.size).toBe(3);
  for (const url of urls) {
    const answer = await request(service.url).get(url);
    expect([url, answer.status, answer.headers['cache-control']]).toEqual([
      url,
      200,
      'public, max-age=31536000, immutable',
    ]);
  }
});

test('the stylesheet is small, and never names the class that Istio counts stars by', async () => {
  await using service = await startTestService(productpage);
  const answer = await request(service.url).get('/static/style.css');
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
  expect(answer.text.length).toBeLessThan(20_000);
  expect(answer.text).not.toContain('glyphicon');
});

test.each(['/static/style.css', '/static/style.css?v=0123456789abcdef'])(
  '%s, which is another version of the file or none, may not be kept',
  async (url) => {
    await using service = await startTestService(productpage);
    const answer = await request(service.url).get(url);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
  },
);

test.each(['/static/none.css', '/static/..%2fpackage.json', '/static/%2e%2e/package.json'])(
  '%s is a 404',
  async (url) => {
    await using service = await startTestService(productpage);
    const answer = await request(service.url).get(url);
    expect([answer.status, answer.body]).toEqual([404, { error: 'not found' }]);
  },
);
