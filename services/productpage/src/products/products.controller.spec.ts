import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';
import { startBackends } from '../../test/start-backends.js';

test('GET /api/v1/products is the one product', async () => {
  await using service = await startTestService(productpage);
  const response = await request(service.url).get('/api/v1/products');
  expect([response.status, response.type]).toEqual([200, 'application/json']);
  expect(response.body).toEqual([
    { id: 0, title: 'The Comedy of Errors', descriptionHtml: expect.stringContaining('<em>') },
  ]);
});

test.each([
  ['/api/v1/products/3', '/details/3', { author: 'William Shakespeare', publisher: 'PublisherA' }],
  ['/api/v1/products/1/reviews', '/reviews/1', { id: '0', podname: 'reviews-v3-5d8f7c9b6-x2k4q' }],
  ['/api/v1/products/2/ratings', '/ratings/2', { ratings: { Reviewer1: 5, Reviewer2: 4 } }],
])('GET %s has the response of %s', async (path, backendPath, body) => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get(path);
  expect([response.status, response.type]).toEqual([200, 'application/json']);
  expect(response.body).toMatchObject(body);
  expect(backends.requests.map((each) => each.path)).toEqual([backendPath]);
});

test.each([
  ['/api/v1/products/0', 'details', 1],
  ['/api/v1/products/0/reviews', 'reviews', 2],
  ['/api/v1/products/0/ratings', 'ratings', 1],
])('GET %s has the status of a failing backend, %s, after %i attempts', async (path, name, attempts) => {
  await using backends = await startBackends({ [name]: { status: 555, body: { secret: 'inner' } } });
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get(path);
  expect(response.status).toBe(555);
  expect(response.text).toBe(`{"error":"Sorry, product ${name} are currently unavailable for this book."}`);
  expect(backends.requests.length).toBe(attempts);
});

test('an unreachable backend is a 500, and the log has the reason', async () => {
  await using service = await startTestService(productpage, {
    RATINGS_HOSTNAME: '127.0.0.1',
    RATINGS_SERVICE_PORT: '1',
  });
  const response = await request(service.url).get('/api/v1/products/0/ratings');
  expect([response.status, response.body]).toEqual([
    500,
    { error: 'Sorry, product ratings are currently unavailable for this book.' },
  ]);
  expect(service.log.map((line) => line['msg'])).toContainEqual(
    expect.stringMatching(
      /^ratings, attempt 1 of 1: GET http:\/\/127.0.0.1:1\/ratings\/0: unreachable: .*ECONNREFUSED/,
    ),
  );
});

test('a status above 599 is a 500', async () => {
  await using backends = await startBackends({ details: { status: 999 } });
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get('/api/v1/products/0');
  expect([response.status, response.body]).toEqual([
    500,
    { error: 'Sorry, product details are currently unavailable for this book.' },
  ]);
});

test('a second attempt at reviews can succeed', async () => {
  await using backends = await startBackends({ reviews: [{ status: 503 }, { body: { id: '0' } }] });
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get('/api/v1/products/0/reviews');
  expect([response.status, response.body]).toEqual([200, { id: '0' }]);
});

test.each(['null', '"text"', '7'])('the body %s is sent as JSON', async (json) => {
  await using backends = await startBackends({ ratings: { body: JSON.parse(json) } });
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get('/api/v1/products/0/ratings');
  expect([response.status, response.type, response.text]).toEqual([200, 'application/json', json]);
});

test('request_result_total counts results, not attempts, by backend and status', async () => {
  await using backends = await startBackends({ reviews: { status: 503 } });
  await using service = await startTestService(productpage, backends.env);
  await request(service.url).get('/productpage');
  await request(service.url).get('/api/v1/products/0');
  const { text } = await request(service.url).get('/metrics');
  expect(text.match(/^request_result_total.*/gm)).toEqual([
    'request_result_total{destination_app="details",response_code="200"} 2',
    'request_result_total{destination_app="reviews",response_code="503"} 1',
  ]);
});

test.each(['', '/reviews', '/ratings'])(
  'an id that is not an exact number is a 400 at …%s',
  async (suffix) => {
    await using backends = await startBackends();
    await using service = await startTestService(productpage, backends.env);
    for (const id of ['abc', '1.5', '%00', '%3Cb%3E', '9007199254740992', '..%2f..%2fetc']) {
      const response = await request(service.url).get(`/api/v1/products/${id}${suffix}`);
      expect([id, response.status, response.body]).toEqual([
        id,
        400,
        { error: 'please provide numeric product ID' },
      ]);
    }
    expect(backends.requests).toEqual([]);
  },
);

test('SERVICES_DOMAIN is appended to the host names of the backends', async () => {
  await using service = await startTestService(productpage, {
    DETAILS_HOSTNAME: 'books',
    DETAILS_SERVICE_PORT: '81',
    SERVICES_DOMAIN: 'shop.invalid',
  });
  await request(service.url).get('/api/v1/products/0');
  expect(service.log.map((line) => line['msg'])).toContainEqual(
    expect.stringContaining('GET http://books.shop.invalid:81/details/0: unreachable'),
  );
});
