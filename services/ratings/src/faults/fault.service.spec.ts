import { Clock, Random } from '@bookinfo/service-kit';
import { ManualClock, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { ratings } from '../app.js';

const OK = [200, '{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}'];
const UNAVAILABLE = [503, '{"error":"Service unavailable"}'];
const MINUTE = 60_000;

/** Starts ratings with a manual clock and with random numbers that the test sets. */
async function start(SERVICE_VERSION: string) {
  const clock = new ManualClock();
  const random = { value: 0, next: () => random.value };
  const service = await startTestService(ratings, { SERVICE_VERSION }, [
    { provide: Clock, useValue: clock },
    { provide: Random, useValue: random },
  ]);
  const get = async (path: string) => {
    const { status, text } = await request(service.url).get(path);
    return [status, text];
  };
  return {
    clock,
    random,
    advanceTo: (minutes: number) => clock.advance(minutes * MINUTE - clock.now()),
    get,
    getRatings: () => get('/ratings/0'),
    post: () => request(service.url).post('/ratings/0').send('{"Reviewer1":5,"Reviewer2":4}'),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

test('v-faulty responds 503 to half of the requests, at random', async () => {
  await using service = await start('v-faulty');
  service.random.value = 0.4999;
  expect(await service.getRatings()).toEqual(UNAVAILABLE);
  service.random.value = 0.5;
  expect(await service.getRatings()).toEqual(OK);
});

test('v-delayed responds to half of the requests after 7 s, at random', async () => {
  await using service = await start('v-delayed');
  service.random.value = 0.5;
  expect(await service.getRatings()).toEqual(OK);
  service.random.value = 0.4999;
  const response = service.getRatings();
  await expect.poll(() => service.clock.sleeping).toBe(1);
  service.clock.advance(6999);
  expect(service.clock.sleeping).toBe(1);
  service.clock.advance(1);
  expect(await response).toEqual(OK);
});

test('v-unavailable alternates between 60 s available and 60 s unavailable', async () => {
  await using service = await start('v-unavailable');
  const expected = [
    [0, OK],
    [0.999, OK],
    [1, UNAVAILABLE],
    [1.999, UNAVAILABLE],
    [2, OK],
    [3, UNAVAILABLE],
  ] as const;
  for (const [minutes, response] of expected) {
    service.advanceTo(minutes);
    expect([minutes, await service.getRatings()]).toEqual([minutes, response]);
    expect(await service.get('/health')).toEqual([200, '{"status":"Ratings is healthy"}']);
  }
});

test('v-unhealthy alternates between 15 minutes healthy and 15 minutes unhealthy and unavailable', async () => {
  await using service = await start('v-unhealthy');
  const healthy = [OK, [200, '{"status":"Ratings is healthy"}']];
  const unhealthy = [UNAVAILABLE, [500, '{"status":"Ratings is not healthy"}']];
  const expected = [
    [0, healthy],
    [14.999, healthy],
    [15, unhealthy],
    [29.999, unhealthy],
    [30, healthy],
    [45, unhealthy],
  ] as const;
  for (const [minutes, responses] of expected) {
    service.advanceTo(minutes);
    expect([minutes, await service.getRatings(), await service.get('/health')]).toEqual([
      minutes,
      ...responses,
    ]);
  }
});

test.each(['v-faulty', 'v-delayed', 'v-unavailable', 'v-unhealthy'])(
  'probes, metrics and POST do not fail while %s does',
  async (version) => {
    await using service = await start(version);
    service.advanceTo(version === 'v-unhealthy' ? 15 : 1);
    for (const path of ['/livez', '/readyz', '/metrics']) expect((await service.get(path))[0]).toBe(200);
    expect((await service.post()).status).toBe(200);
  },
);
