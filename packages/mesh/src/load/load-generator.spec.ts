import { expect, test } from 'vitest';
import { ManualClock, startBackend } from '@bookinfo/testing';
import { shop } from '@bookinfo/analysis/testing';
import { LoadGenerator } from './load-generator.js';

async function startLoad() {
  const clock = new ManualClock();
  const requests: string[] = [];
  let status = 200;
  const backend = await startBackend('page', (incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url} ${incoming.headers.cookie ?? '-'}`);
    if (incoming.method === 'POST') response.setHeader('set-cookie', 'session=jason');
    response.writeHead(status).end();
  });
  const generator = new LoadGenerator({
    gatewayUrl: () => `http://127.0.0.1:${backend.endpoint.port}`,
    page: () => Promise.resolve(shop.page),
    clock,
  });
  return {
    clock,
    generator,
    requests,
    failFromNow: () => (status = 503),
    async [Symbol.asyncDispose]() {
      generator.stop();
      await backend[Symbol.asyncDispose]();
    },
  };
}

const answered = (generator: LoadGenerator) =>
  Object.values(generator.state.statuses).reduce((sum, count) => sum + count, 0);

test('it is off at first, and sends at the rate once it is on', async () => {
  await using load = await startLoad();
  expect(load.generator.state.isOn).toBe(false);
  await load.generator.set({ isOn: true, requestsPerSecond: 10 });
  for (let step = 0; step < 20; step += 1) load.clock.advance(100);
  await expect.poll(() => answered(load.generator)).toBe(21);
  expect(load.generator.state).toEqual({
    isOn: true,
    requestsPerSecond: 10,
    sent: 21,
    failed: 0,
    statuses: { 200: 21 },
  });
});

test('it sends nothing after it is off, and nothing twice after it is set again', async () => {
  await using load = await startLoad();
  await load.generator.set({ isOn: true, requestsPerSecond: 10 });
  await load.generator.set({ isOn: true, requestsPerSecond: 1 });
  for (let step = 0; step < 20; step += 1) load.clock.advance(100);
  expect(load.generator.state.sent).toBe(3);
  await load.generator.set({ isOn: false, requestsPerSecond: 1 });
  expect(load.clock.waits).toEqual([]);
  expect(load.generator.state).toMatchObject({ isOn: false, sent: 0 });
});

test('a pause of the process is not made up for by a burst', async () => {
  await using load = await startLoad();
  await load.generator.set({ isOn: true, requestsPerSecond: 10 });
  load.clock.advance(60_000);
  expect(load.generator.state.sent).toBe(2);
});

test('errors of the server are counted as failed', async () => {
  await using load = await startLoad();
  load.failFromNow();
  await load.generator.set({ isOn: true, requestsPerSecond: 1 });
  await expect.poll(() => load.generator.state).toMatchObject({ failed: 1, statuses: { 503: 1 } });
});

test('with a user it signs in first, and keeps the cookie', async () => {
  await using load = await startLoad();
  const state = await load.generator.set({ isOn: true, requestsPerSecond: 1, user: 'jason' });
  expect(state.user).toBe('jason');
  await expect.poll(() => load.requests.at(-1)).toBe(`GET ${shop.page.path} session=jason`);
});
