// The behaviour that docs/route-semantics.md describes under "Faults".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';

describe.each(ENGINES)('faults, on %s', (engine) => {
  const mesh = useMesh(engine);
  const faulty = (fault: string, more = ''): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ fault: ${fault}, ${more} ${to('v1')} }]`));
  const timed = async (): Promise<{ responder: string; ms: number }> => {
    const start = performance.now();
    return { responder: await mesh.responder(URL), ms: performance.now() - start };
  };

  test('without a percentage no fault happens', async () => {
    await faulty('{ abort: { httpStatus: 500 }, delay: { fixedDelay: 60s } }');
    expect(await mesh.shares(20, URL)).toEqual({ 'reviews-v1': 20 });
    await faulty(
      '{ abort: { httpStatus: 500, percentage: {} }, delay: { fixedDelay: 60s, percentage: {} } }',
    );
    expect(await mesh.shares(20, URL)).toEqual({ 'reviews-v1': 20 });
  });

  // Envoy's timer starts at the beginning of an event loop iteration, a few milliseconds earlier.
  test.each([
    [0, 100, '418', 0],
    [100, 0, 'reviews-v1', 190],
    [100, 100, '418', 190],
    [0, 0, 'reviews-v1', 0],
  ])(
    'a delay of $0 % and an abort of $1 % of the requests are independent',
    async (delayed, aborted, responder, minMs) => {
      await faulty(
        `{ delay: { fixedDelay: 0.2s, percentage: { value: ${delayed} } }, abort: { httpStatus: 418, percentage: { value: ${aborted} } } }`,
      );
      const response = await timed();
      expect(response.responder).toBe(responder);
      expect(response.ms).toBeGreaterThanOrEqual(minMs);
    },
  );

  test('with 50 % each, all four combinations of delay and abort occur', async () => {
    await faulty(
      '{ delay: { fixedDelay: 1s, percentage: { value: 50 } }, abort: { httpStatus: 418, percentage: { value: 50 } } }',
    );
    const responses = await Promise.all(Array.from({ length: 100 }, timed));
    const kinds = new Set(
      responses.map(({ responder, ms }) => `${responder} ${ms >= 990 ? 'late' : 'at once'}`),
    );
    expect([...kinds].toSorted()).toEqual([
      '418 at once',
      '418 late',
      'reviews-v1 at once',
      'reviews-v1 late',
    ]);
  });

  test('an abort is neither retried by its own route nor sent to a backend', async () => {
    await faulty(
      '{ abort: { httpStatus: 503, percentage: { value: 100 } } }',
      'retries: { attempts: 3, retryOn: 5xx },',
    );
    const response = await mesh.ask(URL);
    expect(response).toMatchObject({ status: 503, body: 'fault filter abort' });
    expect(response.headers).toMatchObject({ 'content-type': 'text/plain', 'content-length': '18' });
    expect(mesh.seen).toEqual([]);
  });

  test('an abort may have an unregistered status', async () => {
    await faulty('{ abort: { httpStatus: 555, percentage: { value: 100 } } }');
    expect(await mesh.ask(URL)).toMatchObject({ status: 555, body: 'fault filter abort' });
  });

  test('a delay is not part of the route’s timeout', async () => {
    await faulty('{ delay: { fixedDelay: 3s, percentage: { value: 100 } } }', 'timeout: 2s,');
    expect((await timed()).responder).toBe('reviews-v1');
  });
});
