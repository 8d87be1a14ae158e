import { startLocalServer, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { REVIEWS } from './review.js';
import { reviews } from './service.js';

const [first, second] = REVIEWS.map(({ reviewer, text }) => `"reviewer":"${reviewer}","text":"${text}"`);

/** The environment that sends calls for ratings to a local server. */
const env = (ratings: { port: number }, more: Record<string, string> = {}) => ({
  RATINGS_HOSTNAME: '127.0.0.1',
  RATINGS_SERVICE_PORT: String(ratings.port),
  HOSTNAME: 'reviews-pod',
  ...more,
});

const giveRatings = () =>
  startLocalServer((_req, res) => res.end('{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}'));

test('v1 answers with two reviews, the id as a string, its pod, and never asks for ratings', async () => {
  await using ratings = await giveRatings();
  await using service = await startTestService(reviews, env(ratings));
  const answer = await request(service.url).get('/reviews/0');
  expect([answer.status, answer.type]).toEqual([200, 'application/json']);
  expect(answer.text).toBe(
    `{"id":"0","podname":"reviews-pod","clustername":"null","reviews":[{${first}},{${second}}]}`,
  );
  expect(ratings.connections()).toBe(0);
});

test.each([
  ['v2', 'black'],
  ['v3', 'red'],
])('%s adds %s stars', async (version, color) => {
  await using ratings = await giveRatings();
  await using service = await startTestService(reviews, env(ratings, { SERVICE_VERSION: version }));
  const answer = await request(service.url).get('/reviews/7');
  expect(answer.text).toBe(
    `{"id":"7","podname":"reviews-pod","clustername":"null","reviews":[` +
      `{${first},"rating":{"stars":5,"color":"${color}"}},{${second},"rating":{"stars":4,"color":"${color}"}}]}`,
  );
});

test('ratings is asked with GET for the same id, with the headers of the request, end-user included', async () => {
  const asked: unknown[] = [];
  await using ratings = await startLocalServer((req, res) => {
    asked.push(
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
  expect(asked).toEqual(['GET', '/ratings/-3', 'jason', 'abc', undefined]);
});

test('the answer names ratings after reviews in its path', async () => {
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

test('CLUSTER_NAME is told', async () => {
  await using service = await startTestService(reviews, { CLUSTER_NAME: 'east' });
  expect((await request(service.url).get('/reviews/0')).body.clustername).toBe('east');
});

test('GET /health tells that reviews is healthy', async () => {
  await using service = await startTestService(reviews);
  const answer = await request(service.url).get('/health');
  expect([answer.status, answer.text]).toEqual([200, '{"status":"Reviews is healthy"}']);
});
