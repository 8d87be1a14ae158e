import { describe, expect, test } from 'vitest';
import { INGRESS, SIDECAR } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh, type World } from '../support/mesh.js';
import { DOOR, DOOR_RESOURCES, httpRoute, REVIEWS, to } from '@bookinfo/compiler/testing';

const URL = 'http://reviews:9080';
const DOOR_URL = 'http://www.example.com';

/** A route for reviews, from a namespace. */
const attached = (version: string, namespace: string): string =>
  httpRoute(`[{ ${to(version)} }]`, {
    parent: REVIEWS.replace('}', ', namespace: default }'),
    namespace,
  }).replaceAll('port: 9080', 'namespace: default, port: 9080');

describe.each(ENGINES)('%s', (engine) => {
  const mesh = useMesh(engine);
  const throughGateway = (rules: string): Promise<void> =>
    mesh.rules(DOOR_RESOURCES + httpRoute(rules, { parent: DOOR }), { client: INGRESS });
  const fromSidecar = (routes: string, world?: World): Promise<void> =>
    mesh.rules(DOOR_RESOURCES + routes, world);

  test('(B18.5) a path prefix of an HTTPRoute is one of segments', async () => {
    await throughGateway(`[{ matches: [{ path: { value: /a } }], ${to('v1')} }]`);
    expect(await mesh.who(`${DOOR_URL}/a/b`)).toBe('reviews-v1');
    expect(await mesh.who(`${DOOR_URL}/a?b`)).toBe('reviews-v1');
    expect(await mesh.who(`${DOOR_URL}/abc`)).toBe('404');
  });

  test('(B18.13) a backend that does not exist costs its share of the requests, 500 without a body', async () => {
    await throughGateway(`[{ backendRefs: [{ name: reviews-v1, port: 9080 }, { name: no, port: 9080 }] }]`);
    expect(Object.keys(await mesh.shares(100, DOOR_URL)).toSorted()).toEqual(['500', 'reviews-v1']);
    await throughGateway(`[{ backendRefs: [{ name: no, port: 9080 }] }]`);
    expect(await mesh.ask(DOOR_URL)).toMatchObject({ status: 500, body: '' });
    await throughGateway(`[{ ${to('v1:0', 'v2:0')} }]`);
    expect(await mesh.ask(DOOR_URL)).toMatchObject({ status: 500, body: '' });
    await throughGateway('[{ backendRefs: [] }]');
    expect(await mesh.ask(DOOR_URL)).toMatchObject({ status: 500, body: '' });
  });

  test('(B18.21) the most specific match wins, wherever it stands', async () => {
    await throughGateway(`[
      { ${to('v1')} },
      { matches: [{ path: { value: /a } }], ${to('v2')} },
      { matches: [{ path: { type: Exact, value: /a } }], ${to('v3')} },
      { matches: [{ path: { value: /a/b } }], ${to('v1')} },
      { matches: [{ path: { value: /a }, headers: [{ name: x, value: y }] }], ${to('v3')} },
      { matches: [{ path: { value: /a }, method: POST }], ${to('v1')} }]`);
    expect(await mesh.who(`${DOOR_URL}/b`)).toBe('reviews-v1');
    expect(await mesh.who(`${DOOR_URL}/a`)).toBe('reviews-v3');
    expect(await mesh.who(`${DOOR_URL}/a/c`)).toBe('reviews-v2');
    expect(await mesh.who(`${DOOR_URL}/a/b/c`)).toBe('reviews-v1');
    expect(await mesh.who(`${DOOR_URL}/a/c`, { headers: { x: 'y' } })).toBe('reviews-v3');
    expect(await mesh.who(`${DOOR_URL}/a/c`, { method: 'POST', headers: { x: 'y' } })).toBe('reviews-v1');
  });

  test('(B18.22) a route of the Service’s namespace is for all clients, one of another for clients there, who prefer it', async () => {
    const shop = { client: { ...SIDECAR, namespace: 'shop' } };
    const producer = attached('v1', 'default');
    const consumer = attached('v3', 'shop');
    const url = 'http://reviews.default:9080/';
    await fromSidecar(producer + consumer);
    expect(await mesh.who(url)).toBe('reviews-v1');
    await fromSidecar(producer + consumer, shop);
    expect(await mesh.who(url)).toBe('reviews-v3');
    await fromSidecar(producer, shop);
    expect(await mesh.who(url)).toBe('reviews-v1');
  });

  test('a Service with a route answers 404 to what no match takes', async () => {
    await fromSidecar(
      httpRoute(`[{ matches: [{ path: { value: /reviews } }], ${to('v2')} }]`, { parent: REVIEWS }),
    );
    expect(await mesh.who(`${URL}/reviews/0`)).toBe('reviews-v2');
    expect(await mesh.ask(`${URL}/health`)).toMatchObject({ status: 404, body: '' });
    expect(await mesh.who('http://ratings:9080/health')).toBe('ratings-v1');
  });

  test('equal weights share, and a weight of 0 gets nothing', async () => {
    await throughGateway(`[{ ${to('v1', 'v2', 'v3:0')} }]`);
    expect(Object.keys(await mesh.shares(100, DOOR_URL)).toSorted()).toEqual(['reviews-v1', 'reviews-v2']);
  });
});
