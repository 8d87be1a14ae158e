import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { ratings } from './service.js';

test.each(['0', '7', '-3'])('GET /ratings/%s is two ratings, with that id as a number', async (id) => {
  await using service = await startTestService(ratings);
  const answer = await request(service.url).get(`/ratings/${id}`);
  expect([answer.status, answer.type]).toEqual([200, 'application/json']);
  expect(answer.text).toBe(`{"id":${id},"ratings":{"Reviewer1":5,"Reviewer2":4}}`);
});

test.each(['abc', '7/', '', '1.5', '7/8'])('GET /ratings/%s is a 400 in upstream’s words', async (id) => {
  await using service = await startTestService(ratings);
  const answer = await request(service.url).get(`/ratings/${id}`);
  expect([answer.status, answer.text]).toEqual([400, '{"error":"please provide numeric product ID"}']);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json', 'what/ever'])(
  'POST takes JSON sent as %s, echoes it with the id, and later GETs give it',
  async (type) => {
    await using service = await startTestService(ratings);
    const post = await request(service.url).post('/ratings/7').type(type).send('{"Ann":1,"Reviewer1":3}');
    expect([post.status, post.text]).toEqual([200, '{"id":7,"ratings":{"Ann":1,"Reviewer1":3}}']);
    expect((await request(service.url).get('/ratings/7')).text).toBe(post.text);
  },
);

test('POST changes its own product only, and nothing in another process', async () => {
  await using service = await startTestService(ratings);
  await using other = await startTestService(ratings);
  await request(service.url).post('/ratings/7').send('{"Reviewer1":1}');
  const defaults = { Reviewer1: 5, Reviewer2: 4 };
  expect((await request(service.url).get('/ratings/8')).body.ratings).toEqual(defaults);
  expect((await request(other.url).get('/ratings/7')).body.ratings).toEqual(defaults);
});

test('POST of an id that is no number is a 400', async () => {
  await using service = await startTestService(ratings);
  const answer = await request(service.url).post('/ratings/abc').send('{"Reviewer1":1}');
  expect([answer.status, answer.body]).toEqual([400, { error: 'please provide numeric product ID' }]);
});

test('GET /health tells that ratings is healthy', async () => {
  await using service = await startTestService(ratings);
  const answer = await request(service.url).get('/health');
  expect([answer.status, answer.text]).toEqual([200, '{"status":"Ratings is healthy"}']);
});
