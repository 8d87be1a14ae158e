// The behaviour that docs/route-semantics.md describes under "Timeouts".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';
const TIMED_OUT = { status: 504, body: 'upstream request timeout' };

describe.each(ENGINES)('timeouts, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rule = (text: string): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ ${text} ${to('v1')} }]`));
  /** The numbers of the attempts that backends received. */
  const attempts = (): unknown[] => mesh.seen.map(({ headers }) => headers['x-envoy-attempt-count']);

  test('without a timeout the proxy waits, with one the client gets 504', async () => {
    const headers = { 'x-response-after': '400' };
    await rule('');
    expect(await mesh.responder(URL, { headers })).toBe('reviews-v1');
    await rule('timeout: 0.1s,');
    const response = await mesh.ask(URL, { headers });
    expect(response).toMatchObject(TIMED_OUT);
    expect(response.headers).not.toHaveProperty('x-envoy-upstream-service-time');
  });

  test('a timeout covers all attempts', async () => {
    await rule('timeout: 0.1s, retries: { attempts: 100, retryOn: 5xx, backoff: 10ms },');
    const response = await mesh.ask(URL, { headers: { 'x-response-status': '500' } });
    expect(response).toMatchObject(TIMED_OUT);
    expect(mesh.seen.length).toBeGreaterThan(1);
  });

  test('an attempt that exceeds perTryTimeout is retried, and the last one gives 504', async () => {
    await rule('retries: { attempts: 2, perTryTimeout: 50ms, retryOn: gateway-error },');
    expect(await mesh.ask(URL, { headers: { 'x-response-not': '1' } })).toMatchObject(TIMED_OUT);
    expect(attempts()).toEqual(['1', '2', '3']);
  });
});
