import { defineService } from '@bookinfo/service-kit';
import { startTestService } from '@bookinfo/service-kit/testing';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { expect, test } from 'vitest';
import { parts } from '../ratings.module.js';
import { ratings } from '../service.js';
import { Clock } from './clock.js';
import { Random } from './random.js';

const OK = [200, '{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}'];
const UNAVAILABLE = [503, '{"error":"Service unavailable"}'];

/** Starts ratings in a world where time and chance are ours. */
async function start(version: string) {
  const slept: number[] = [];
  const world = { minutes: 0, random: 0 };
  const clock: Clock = { now: () => world.minutes * 60_000, sleep: async (ms) => void slept.push(ms) };
  const random: Random = { next: () => world.random };
  const others = [
    { provide: Clock, useValue: clock },
    { provide: Random, useValue: random },
  ];
  @Module({ ...parts, providers: [...parts.providers, ...others] })
  class OurWorld {}

  const service = await startTestService(defineService({ ...ratings, module: OurWorld }), {
    SERVICE_VERSION: version,
  });
  const get = async (path: string) => {
    const { status, text } = await request(service.url).get(path);
    return [status, text];
  };
  return {
    world,
    slept,
    ask: () => get('/ratings/0'),
    get,
    post: () => request(service.url).post('/ratings/0').send('{"Reviewer1":5,"Reviewer2":4}'),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

test('v-faulty answers every second request, by chance, with 503', async () => {
  await using service = await start('v-faulty');
  service.world.random = 0.4999;
  expect(await service.ask()).toEqual(UNAVAILABLE);
  service.world.random = 0.5;
  expect(await service.ask()).toEqual(OK);
});

test('v-delayed answers every second request, by chance, after 7 s', async () => {
  await using service = await start('v-delayed');
  service.world.random = 0.5;
  expect([await service.ask(), service.slept]).toEqual([OK, []]);
  service.world.random = 0.4999;
  expect([await service.ask(), service.slept]).toEqual([OK, [7000]]);
});

test('v-unavailable is available for 60 s, then not for 60 s, and so on', async () => {
  await using service = await start('v-unavailable');
  const expected = [
    [0, OK],
    [0.999, OK],
    [1, UNAVAILABLE],
    [1.999, UNAVAILABLE],
    [2, OK],
    [3, UNAVAILABLE],
  ] as const;
  for (const [minutes, answer] of expected) {
    service.world.minutes = minutes;
    expect([minutes, await service.ask()]).toEqual([minutes, answer]);
    expect(await service.get('/health')).toEqual([200, '{"status":"Ratings is healthy"}']);
  }
});

test('v-unhealthy is healthy for 15 minutes, then neither healthy nor available for 15, and so on', async () => {
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
  for (const [minutes, answers] of expected) {
    service.world.minutes = minutes;
    expect([minutes, await service.ask(), await service.get('/health')]).toEqual([minutes, ...answers]);
  }
});

test.each(['v-faulty', 'v-delayed', 'v-unavailable', 'v-unhealthy'])(
  '%s at its worst keeps probes, metrics and POST as they are',
  async (version) => {
    await using service = await start(version);
    service.world.minutes = version === 'v-unhealthy' ? 15 : 1;
    for (const path of ['/livez', '/readyz', '/metrics']) expect((await service.get(path))[0]).toBe(200);
    expect((await service.post()).status).toBe(200);
    expect(service.slept).toEqual([]);
  },
);

test('by default chance and time are real', async () => {
  const draws = Array.from({ length: 100 }, () => new Random().next());
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  expect(new Set(draws).size).toBeGreaterThan(90);
  const clock = new Clock();
  const before = clock.now();
  await clock.sleep(50);
  expect(clock.now() - before).toBeGreaterThan(48);
});
