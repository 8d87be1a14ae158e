import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { ratings } from './app.js';

test.each(['0', '7', '-3'])(
  'GET /ratings/%s responds with two ratings, and the id as a number',
  async (id) => {
    await using service = await startTestService(ratings);
    const response = await request(service.url).get(`/ratings/${id}`);
    expect([response.status, response.type]).toEqual([200, 'application/json']);
    expect(response.text).toBe(`{"id":${id},"ratings":{"Reviewer1":5,"Reviewer2":4}}`);
  },
);

test.each(['abc', '7/', '', '1.5', '7/8'])('GET /ratings/%s is a 400 with upstream’s message', async (id) => {
  await using service = await startTestService(ratings);
  const response = await request(service.url).get(`/ratings/${id}`);
  expect([response.status, response.text]).toEqual([400, '{"error":"please provide numeric product ID"}']);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json', 'what/ever'])(
  'POST accepts JSON sent as %s and responds with it and the id, as later GETs do',
  async (type) => {
    await using service = await startTestService(ratings);
    const post = await request(service.url).post('/ratings/7').type(type).send('{"Ann":1,"Reviewer1":3}');
    expect([post.status, post.text]).toEqual([200, '{"id":7,"ratings":{"Ann":1,"Reviewer1":3}}']);
    expect((await request(service.url).get('/ratings/7')).text).toBe(post.text);
  },
);

test('POST changes one product, in one process', async () => {
  await using service = await startTestService(ratings);
  await using other = await startTestService(ratings);
  await request(service.url).post('/ratings/7').send('{"Reviewer1":1}');
  const defaults = { Reviewer1: 5, Reviewer2: 4 };
  expect((await request(service.url).get('/ratings/8')).body.ratings).toEqual(defaults);
  expect((await request(other.url).get('/ratings/7')).body.ratings).toEqual(defaults);
});

test('POST with an id that is not a number is a 400', async () => {
  await using service = await startTestService(ratings);
  const response = await request(service.url).post('/ratings/abc').send('{"Reviewer1":1}');
  expect([response.status, response.body]).toEqual([400, { error: 'please provide numeric product ID' }]);
});

test('GET /health responds that ratings is healthy', async () => {
  await using service = await startTestService(ratings);
  const response = await request(service.url).get('/health');
  expect([response.status, response.text]).toEqual([200, '{"status":"Ratings is healthy"}']);
});
