import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';
const MIB = 1024 * 1024;

describe.each(ENGINES)('%s', (engine) => {
  const mesh = useMesh(engine);
  const sizes = (): number[] => mesh.seen.map(({ body }) => body.length);

  test.each([
    [MIB, [MIB, MIB]],
    [MIB + 1, [MIB + 1]],
  ])('a body of %d bytes reaches backends so often: %j', async (bytes, expected) => {
    await mesh.rules(virtualService('reviews', `[{ retries: { attempts: 1, retryOn: 5xx }, ${to('v1')} }]`));
    const headers = { 'x-answer-status': '503', 'content-length': bytes };
    const answer = await mesh.ask(URL, { method: 'POST', body: 'x'.repeat(bytes), headers });
    expect(answer.status).toBe(503);
    expect(sizes()).toEqual(expected);
  });

  test('the copy of a large body is whole', async () => {
    await mesh.rules(virtualService('reviews', `[{ mirror: { host: reviews, subset: v3 }, ${to('v1')} }]`));
    const body = 'x'.repeat(2 * MIB);
    await mesh.ask(URL, { method: 'POST', body, headers: { 'content-length': body.length } });
    await expect.poll(sizes).toEqual([2 * MIB, 2 * MIB]);
  });

  test('a backend that says it is overloaded is asked again all the same', async () => {
    await mesh.rules(virtualService('reviews', `[{ retries: { attempts: 1, retryOn: 5xx }, ${to('v1')} }]`));
    const headers = { 'x-answer-status': '503', 'x-answer-headers': '{"x-envoy-overloaded":"true"}' };
    await mesh.ask(URL, { headers });
    expect(mesh.seen).toHaveLength(2);
  });

  test('a backend that limits rates is asked again only where a rule says so', async () => {
    const headers = { 'x-answer-status': '503', 'x-answer-headers': '{"x-envoy-ratelimited":"true"}' };
    const counts = [];
    for (const retryOn of ['5xx', 'envoy-ratelimited']) {
      const rule = `[{ retries: { attempts: 1, retryOn: ${retryOn} }, ${to('v1')} }]`;
      await mesh.rules(virtualService('reviews', rule));
      await mesh.ask(URL, { headers });
      counts.push(mesh.seen.length);
    }
    expect(counts).toEqual([1, 2]);
  });
});
