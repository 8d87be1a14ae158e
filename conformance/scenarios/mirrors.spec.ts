// The behaviour that docs/route-semantics.md describes under "Mirrors".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';
const MIB = 1024 * 1024;

describe.each(ENGINES)('mirrors, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rule = (text: string): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ ${text} ${to('v1')} }]`));

  test('a mirror gets a copy of each request, and the response does not depend on it', async () => {
    await rule('mirror: { host: reviews, subset: v3 }, mirrorPercentage: { value: 100 },');
    const headers = { 'x-response-after-v3': '1' };
    expect(await mesh.responder(`${URL}a?b`, { method: 'POST', body: 'text', headers })).toBe('reviews-v1');
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

  test('a mirror that does not exist is ignored', async () => {
    await rule('mirror: { host: reviews, subset: v9 },');
    expect(await mesh.responder(URL)).toBe('reviews-v1');
  });

  test('the copy of a large body is complete', async () => {
    await rule('mirror: { host: reviews, subset: v3 },');
    const body = 'x'.repeat(2 * MIB);
    await mesh.ask(URL, { method: 'POST', body, headers: { 'content-length': body.length } });
    await expect.poll(() => mesh.seen.map(({ body: copy }) => copy.length)).toEqual([2 * MIB, 2 * MIB]);
  });
});
