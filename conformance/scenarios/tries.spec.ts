import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';
const TIMED_OUT = { status: 504, body: 'upstream request timeout' };

describe.each(ENGINES)('%s', (engine) => {
  const mesh = useMesh(engine);
  const rule = (text: string): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ ${text} ${to('v1')} }]`));
  /** What the tries that backends saw were numbered. */
  const tries = (): unknown[] => mesh.seen.map(({ headers }) => headers['x-envoy-attempt-count']);

  test('(B18.17) by default a 503 of the backend is not tried again', async () => {
    await rule('');
    const answer = await mesh.ask(URL, { headers: { 'x-answer-status': '503' } });
    expect(answer.status).toBe(503);
    expect(answer.headers).toHaveProperty('x-envoy-upstream-service-time');
    expect(tries()).toEqual(['1']);
  });

  test('(B18.17) by default a gRPC answer that says unavailable is tried again twice', async () => {
    await rule('');
    const answerHeaders = '{"content-type":"application/grpc","grpc-status":"14"}';
    const headers = { 'content-type': 'application/grpc', 'x-answer-headers': answerHeaders };
    await mesh.ask(URL, { method: 'POST', headers });
    expect(tries()).toEqual(['1', '2', '3']);
  });

  test('(B18.17) the default of Istio up to 1.23 tries a 503 again, too', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v1')} }]`), {
      meshConfig: { istioVersion: '1.23' },
    });
    await mesh.ask(URL, { headers: { 'x-answer-status': '503' } });
    expect(tries()).toEqual(['1', '2', '3']);
  });

  test.each([
    ['5xx', '500', 3],
    ['gateway-error', '502', 3],
    ['gateway-error', '500', 1],
    ['retriable-4xx', '409', 3],
    ['retriable-4xx', '404', 1],
    ["'418,reset'", '418', 3],
    ["'connect-failure'", '503', 1],
  ])('retryOn %s and a status %s mean %d tries', async (retryOn, status, count) => {
    await rule(`retries: { attempts: 2, retryOn: ${retryOn} },`);
    expect((await mesh.ask(URL, { headers: { 'x-answer-status': status } })).status).toBe(Number(status));
    expect(mesh.seen).toHaveLength(count);
  });

  test.each(['retries: {},', 'retries: { attempts: 0 },'])('%s switches retries off', async (retries) => {
    await rule(retries);
    const headers = { 'content-type': 'application/grpc', 'x-answer-headers': '{"grpc-status":"14"}' };
    await mesh.ask(URL, { method: 'POST', headers });
    expect(tries()).toEqual(['1']);
  });

  test('a retry carries the body again', async () => {
    await rule('retries: { attempts: 1, retryOn: 5xx },');
    await mesh.ask(URL, { method: 'POST', body: 'text', headers: { 'x-answer-status': '500' } });
    expect(mesh.seen.map(({ body }) => body)).toEqual(['text', 'text']);
  });

  test('(B18.18) without a timeout the proxy waits, with one it answers 504', async () => {
    const headers = { 'x-answer-after': '400' };
    await rule('');
    expect(await mesh.who(URL, { headers })).toBe('reviews-v1');
    await rule('timeout: 0.1s,');
    const answer = await mesh.ask(URL, { headers });
    expect(answer).toMatchObject(TIMED_OUT);
    expect(answer.headers).not.toHaveProperty('x-envoy-upstream-service-time');
  });

  test('a timeout covers all tries', async () => {
    await rule('timeout: 0.1s, retries: { attempts: 100, retryOn: 5xx, backoff: 10ms },');
    const answer = await mesh.ask(URL, { headers: { 'x-answer-status': '500' } });
    expect(answer).toMatchObject(TIMED_OUT);
    expect(mesh.seen.length).toBeGreaterThan(1);
  });

  test('a try that takes too long is followed by another, and at last by 504', async () => {
    await rule('retries: { attempts: 2, perTryTimeout: 50ms, retryOn: gateway-error },');
    expect(await mesh.ask(URL, { headers: { 'x-answer-not': '1' } })).toMatchObject(TIMED_OUT);
    expect(tries()).toEqual(['1', '2', '3']);
  });

  test('a client can not overrule the timeout or the retries', async () => {
    await rule('');
    const headers = {
      'x-answer-status': '503',
      'x-answer-after': '200',
      'x-envoy-retry-on': '5xx',
      'x-envoy-max-retries': '3',
      'x-envoy-upstream-rq-timeout-ms': '20',
    };
    expect((await mesh.ask(URL, { headers })).seen).toMatchObject({ pod: 'reviews-v1' });
    expect(tries()).toEqual(['1']);
  });

  test('a mirror gets a copy of each request, and nobody waits for its answer', async () => {
    await rule('mirror: { host: reviews, subset: v3 }, mirrorPercentage: { value: 100 },');
    const headers = { 'x-answer-after-v3': '1' };
    expect(await mesh.who(`${URL}a?b`, { method: 'POST', body: 'text', headers })).toBe('reviews-v1');
    await expect.poll(() => mesh.seen.map(({ pod }) => pod).toSorted()).toEqual(['reviews-v1', 'reviews-v3']);
    const [one, copy] = mesh.seen.toSorted((a, b) => a.pod.localeCompare(b.pod));
    expect(copy).toMatchObject({ method: 'POST', path: '/a?b', body: 'text' });
    expect(copy?.headers).toMatchObject({
      host: 'reviews:9080',
      'x-request-id': one?.headers['x-request-id'],
    });
  });

  test('up to Istio 1.27 the Host of a copy ends in -shadow', async () => {
    const rules = virtualService('reviews', `[{ mirror: { host: reviews, subset: v3 }, ${to('v1')} }]`);
    await mesh.rules(rules, { meshConfig: { istioVersion: '1.27' } });
    await mesh.ask(URL);
    await expect
      .poll(() => mesh.seen.map(({ headers }) => String(headers['host'])).toSorted())
      .toEqual(['reviews-shadow:9080', 'reviews:9080']);
  });

  test('a mirror that does not exist is no reason to fail', async () => {
    await rule('mirror: { host: reviews, subset: v9 },');
    expect(await mesh.who(URL)).toBe('reviews-v1');
  });
});
