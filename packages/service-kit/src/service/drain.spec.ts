import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { expect, test } from 'vitest';
import { echo } from '../testing/echo-service.js';
import { startTestService, type TestService } from '../testing/start-test-service.js';

const limits = { noticeMs: 50, longestMs: 2_000 };

const getWith = (agent: Agent, url: string) =>
  new Promise<string>((resolve, reject) => {
    get(url, { agent }, (answer) => text(answer).then(resolve, reject)).on('error', reject);
  });

const timed = async (service: TestService) => {
  const start = performance.now();
  const cut = await service.drain(limits);
  return { cut, ms: performance.now() - start };
};

test('an idle kept-alive connection does not hold the end up', async () => {
  const service = await startTestService(echo);
  const agent = new Agent({ keepAlive: true });
  await getWith(agent, `${service.url}/echo/1`);
  const silent = connect(Number(new URL(service.url).port), '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  const { cut, ms } = await timed(service);
  expect(cut).toBe(0);
  expect(ms).toBeLessThan(1_000);
});

test('a request in flight is answered, and its kept-alive connection does not hold the end up', async () => {
  const service = await startTestService(echo);
  const answer = getWith(new Agent({ keepAlive: true }), `${service.url}/slow?ms=600`);
  await expect
    .poll(() =>
      request(service.url)
        .get('/readyz')
        .then((probe) => probe.status),
    )
    .toBe(200);
  const { cut, ms } = await timed(service);
  expect(await answer).toBe('{"slow":true}');
  expect(cut).toBe(0);
  expect(ms).toBeLessThan(1_500);
});

test('readiness fails while the port still answers; liveness does not', async () => {
  const service = await startTestService(echo);
  const ended = service.drain({ noticeMs: 500, longestMs: 1_000 });
  const ready = await request(service.url).get('/readyz');
  expect([ready.status, ready.body]).toEqual([503, { error: 'draining' }]);
  const live = await request(service.url).get('/livez');
  expect([live.status, live.headers['connection']]).toEqual([200, 'close']);
  await ended;
});

test('a request that never ends is cut at the limit', async () => {
  const service = await startTestService(echo);
  const answer = getWith(new Agent(), `${service.url}/slow?ms=60000`);
  const outcome = answer.catch((error: Error) => error.message);
  await expect
    .poll(() =>
      request(service.url)
        .get('/readyz')
        .then((probe) => probe.status),
    )
    .toBe(200);
  const { cut, ms } = await timed(service);
  expect(cut).toBe(1);
  expect(ms).toBeGreaterThan(limits.longestMs);
  expect(await outcome).toBe('socket hang up');
});
