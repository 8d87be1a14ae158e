// The behaviour that docs/route-semantics.md describes under "Destinations".
import { describe, expect, test } from 'vitest';
import { binomialBounds } from '@bookinfo/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080/';
/** The probability of a false alarm; it is negligible. */
const ALPHA = 1e-9;

describe.each(ENGINES)('destinations, on %s', (engine) => {
  const mesh = useMesh(engine);
  const routing = (...versions: string[]): Promise<void> =>
    mesh.rules(virtualService('reviews', `[{ ${to(...versions)} }]`));

  test('a single destination gets all requests, whatever its weight', async () => {
    await routing('v1 10');
    expect(await mesh.shares(50, URL)).toEqual({ 'reviews-v1': 50 });
    await routing('v1 0');
    expect(await mesh.shares(50, URL)).toEqual({ 'reviews-v1': 50 });
  });

  test('the weights 1 and 3 mean 25 % and 75 %; destinations with 0 or without a weight get nothing', async () => {
    await routing('v1 1', 'v2 3', 'v3 0');
    const { 'reviews-v1': v1 = 0, 'reviews-v2': v2 = 0, ...others } = await mesh.shares(400, URL);
    expect(others).toEqual({});
    expect(v1 + v2).toBe(400);
    const { low, high } = binomialBounds(400, 0.25, ALPHA);
    expect(v1).toBeGreaterThanOrEqual(low);
    expect(v1).toBeLessThanOrEqual(high);
    await routing('v1 5', 'v2');
    expect(await mesh.shares(50, URL)).toEqual({ 'reviews-v1': 50 });
  });

  test('a missing subset responses its share of the requests with 503 and no body', async () => {
    await routing('v1 50', 'v9 50');
    const shares = await mesh.shares(100, URL);
    expect(Object.keys(shares).toSorted()).toEqual(['503', 'reviews-v1']);
    await routing('v9');
    expect(await mesh.ask(URL)).toMatchObject({ status: 503, body: '' });
  });

  test('a destination without a Service: 503 without a body', async () => {
    await mesh.rules(virtualService('reviews', '[{ route: [{ destination: { host: recensions } }] }]'));
    expect(await mesh.ask(URL)).toMatchObject({ status: 503, body: '' });
  });

  test('a subset whose pods are gone: 503 no healthy upstream', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v2')} }]`), { without: ['reviews-v2'] });
    const response = await mesh.ask(URL);
    expect(response).toMatchObject({ status: 503, body: 'no healthy upstream' });
    expect(response.headers).toMatchObject({ 'content-type': 'text/plain', server: 'istio-envoy' });
    expect(response.headers).not.toHaveProperty('x-envoy-upstream-service-time');
  });

  test('added and removed pods take effect at once', async () => {
    const rules = virtualService('reviews', `[{ ${to('v2')} }]`);
    await mesh.rules(rules, { without: ['reviews-v2'] });
    expect(await mesh.responder(URL)).toBe('503');
    await mesh.rules(rules);
    expect(await mesh.responder(URL)).toBe('reviews-v2');
  });
});
