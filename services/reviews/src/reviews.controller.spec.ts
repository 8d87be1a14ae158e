import { startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { REVIEWS } from './review.js';
import { reviews } from './app.js';

const [first, second] = REVIEWS.map(({ reviewer, text }) => `"reviewer":"${reviewer}","text":"${text}"`);

/** The environment of a reviews that calls a local server in place of ratings. */
const env = (ratings: { port: number }, more: Record<string, string> = {}) => ({
  RATINGS_HOSTNAME: '127.0.0.1',
  RATINGS_SERVICE_PORT: String(ratings.port),
  HOSTNAME: 'reviews-pod',
  ...more,
});

const startRatings = () =>
  startLocalServer((_req, res) => res.end('{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}'));

test('v1 responds with two reviews, the id as a string and its pod, and does not call ratings', async () => {
  await using ratings = await startRatings();
  await using service = await startTestService(reviews, env(ratings));
  const response = await request(service.url).get('/reviews/0');
  expect([response.status, response.type]).toEqual([200, 'application/json']);
  expect(response.text).toBe(
    `{"id":"0","podname":"reviews-pod","clustername":"null","reviews":[{${first}},{${second}}]}`,
  );
  expect(ratings.connections()).toBe(0);
});

test.each([
  ['v2', 'black'],
  ['v3', 'red'],
])('%s adds %s stars', async (version, color) => {
  await using ratings = await startRatings();
  await using service = await startTestService(reviews, env(ratings, { SERVICE_VERSION: version }));
  const response = await request(service.url).get('/reviews/7');
  expect(response.text).toBe(
    `{"id":"7","podname":"reviews-pod","clustername":"null","reviews":[` +
      `{${first},"rating":{"stars":5,"color":"${color}"}},{${second},"rating":{"stars":4,"color":"${color}"}}]}`,
  );
});

test('ratings gets a GET for the same id, with the headers to propagate, end-user included', async () => {
  const received: unknown[] = [];
  await using ratings = await startLocalServer((req, res) => {
    received.push(
      req.method,
      req.url,
      req.headers['end-user'],
      req.headers['x-b3-traceid'],
      req.headers['x-own'],
    );
    res.end('{}');
  });
  await using service = await startTestService(reviews, env(ratings, { SERVICE_VERSION: 'v2' }));
  await request(service.url)
    .get('/reviews/-3')
    .set({ 'end-user': 'jason', 'x-b3-traceid': 'abc', 'x-own': 'stays' });
  expect(received).toEqual(['GET', '/ratings/-3', 'jason', 'abc', undefined]);
});

test('x-bookinfo-path has ratings after reviews', async () => {
  await using ratings = await startLocalServer((_req, res) => {
    res.writeHead(200, { 'x-bookinfo-path': 'ratings-v1' }).end('{}');
  });
  await using service = await startTestService(reviews, env(ratings, { SERVICE_VERSION: 'v3' }));
  const { headers } = await request(service.url).get('/reviews/0');
  expect(headers).toMatchObject({
    'x-bookinfo-version': 'reviews-v3',
    'x-bookinfo-path': 'reviews-v3 ratings-v1',
  });
});

test('CLUSTER_NAME is in the response', async () => {
  await using service = await startTestService(reviews, { CLUSTER_NAME: 'east' });
  expect((await request(service.url).get('/reviews/0')).body.clustername).toBe('east');
});

test('GET /health responds that reviews is healthy', async () => {
  await using service = await startTestService(reviews);
  const response = await request(service.url).get('/health');
  expect([response.status, response.text]).toEqual([200, '{"status":"Reviews is healthy"}']);
});
