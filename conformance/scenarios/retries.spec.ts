// The behaviour that docs/route-semantics.md describes under "Retries".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';
const MIB = 1024 * 1024;

describe.each(ENGINES)('retries, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rule = (text: string): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ ${text} ${to('v1')} }]`));
  /** The numbers of the attempts that backends received. */
  const attempts = (): unknown[] => mesh.seen.map(({ headers }) => headers['x-envoy-attempt-count']);

  test('by default a 503 of the backend is not retried', async () => {
    await rule('');
    const response = await mesh.ask(URL, { headers: { 'x-response-status': '503' } });
    expect(response.status).toBe(503);
    expect(response.headers).toHaveProperty('x-envoy-upstream-service-time');
    expect(attempts()).toEqual(['1']);
  });

  test('by default a gRPC response with the status unavailable is retried twice', async () => {
    await rule('');
    const responseHeaders = '{"content-type":"application/grpc","grpc-status":"14"}';
    const headers = { 'content-type': 'application/grpc', 'x-response-headers': responseHeaders };
    await mesh.ask(URL, { method: 'POST', headers });
    expect(attempts()).toEqual(['1', '2', '3']);
  });

  test('by default a 503 is retried up to Istio 1.23', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v1')} }]`), {
      meshConfig: { istioVersion: '1.23' },
    });
    await mesh.ask(URL, { headers: { 'x-response-status': '503' } });
    expect(attempts()).toEqual(['1', '2', '3']);
  });

  test.each([
    ['5xx', '500', 3],
    ['gateway-error', '502', 3],
    ['gateway-error', '500', 1],
    ['retriable-4xx', '409', 3],
    ['retriable-4xx', '404', 1],
    ["'418,reset'", '418', 3],
    ["'connect-failure'", '503', 1],
  ])('with retryOn %s the status %s causes %d attempts', async (retryOn, status, count) => {
    await rule(`retries: { attempts: 2, retryOn: ${retryOn} },`);
    expect((await mesh.ask(URL, { headers: { 'x-response-status': status } })).status).toBe(Number(status));
    expect(mesh.seen).toHaveLength(count);
  });

  test.each(['retries: {},', 'retries: { attempts: 0 },'])('%s switches retries off', async (retries) => {
    await rule(retries);
    const headers = { 'content-type': 'application/grpc', 'x-response-headers': '{"grpc-status":"14"}' };
    await mesh.ask(URL, { method: 'POST', headers });
    expect(attempts()).toEqual(['1']);
  });

  test('a retry sends the body again', async () => {
    await rule('retries: { attempts: 1, retryOn: 5xx },');
    await mesh.ask(URL, { method: 'POST', body: 'text', headers: { 'x-response-status': '500' } });
    expect(mesh.seen.map(({ body }) => body)).toEqual(['text', 'text']);
  });

  test('headers of a client do not change the timeout or the retries', async () => {
    await rule('');
    const headers = {
      'x-response-status': '503',
      'x-response-after': '200',
      'x-envoy-retry-on': '5xx',
      'x-envoy-max-retries': '3',
      'x-envoy-upstream-rq-timeout-ms': '20',
    };
    expect((await mesh.ask(URL, { headers })).seen).toMatchObject({ pod: 'reviews-v1' });
    expect(attempts()).toEqual(['1']);
  });

  test.each([
    [MIB, [MIB, MIB]],
    [MIB + 1, [MIB + 1]],
  ])('a body of %d bytes is sent in attempts of these sizes: %j', async (bytes, expected) => {
    await rule('retries: { attempts: 1, retryOn: 5xx },');
    const headers = { 'x-response-status': '503', 'content-length': bytes };
    const response = await mesh.ask(URL, { method: 'POST', body: 'x'.repeat(bytes), headers });
    expect(response.status).toBe(503);
    expect(mesh.seen.map(({ body }) => body.length)).toEqual(expected);
  });

  test('a response with x-envoy-overloaded is retried', async () => {
    await rule('retries: { attempts: 1, retryOn: 5xx },');
    const headers = { 'x-response-status': '503', 'x-response-headers': '{"x-envoy-overloaded":"true"}' };
    await mesh.ask(URL, { headers });
    expect(mesh.seen).toHaveLength(2);
  });

  test('a response with x-envoy-ratelimited is retried only with envoy-ratelimited', async () => {
    const headers = { 'x-response-status': '503', 'x-response-headers': '{"x-envoy-ratelimited":"true"}' };
    const counts = [];
    for (const retryOn of ['5xx', 'envoy-ratelimited']) {
      await rule(`retries: { attempts: 1, retryOn: ${retryOn} },`);
      await mesh.ask(URL, { headers });
      counts.push(mesh.seen.length);
    }
    expect(counts).toEqual([1, 2]);
  });
});
