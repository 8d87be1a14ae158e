// The behaviour that docs/route-semantics.md describes under "Gateway API".
import { describe, expect, test } from 'vitest';
import { SIDECAR } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh, type RuleContext } from '../support/mesh.js';
import { DOOR, DOOR_RESOURCES, httpRoute, ownProxyOf, REVIEWS, to } from '@bookinfo/compiler/testing';

const URL = 'http://reviews:9080';
const DOOR_URL = 'http://www.example.com';

/** Returns a route for reviews, in a namespace. */
const attached = (version: string, namespace: string): string =>
  httpRoute(`[{ ${to(version)} }]`, {
    parent: REVIEWS.replace('}', ', namespace: default }'),
    namespace,
  }).replaceAll('port: 9080', 'namespace: default, port: 9080');

/** Returns the Namespace default with a label. */
const teamNamespace = (team: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { team: ${team} } }\n---\n`;

describe.each(ENGINES)('Gateway API, on %s', (engine) => {
  const mesh = useMesh(engine);
  const throughGateway = (rules: string): Promise<void> =>
    mesh.rules(DOOR_RESOURCES + httpRoute(rules, { parent: DOOR }), {
      client: ownProxyOf('door', 'default'),
    });
  const fromSidecar = (routes: string, context?: RuleContext): Promise<void> =>
    mesh.rules(DOOR_RESOURCES + routes, context);

  test('a path prefix of an HTTPRoute matches whole path segments', async () => {
    await throughGateway(`[{ matches: [{ path: { value: /a } }], ${to('v1')} }]`);
    expect(await mesh.responder(`${DOOR_URL}/a/b`)).toBe('reviews-v1');
    expect(await mesh.responder(`${DOOR_URL}/a?b`)).toBe('reviews-v1');
    expect(await mesh.responder(`${DOOR_URL}/abc`)).toBe('404');
  });

  test('a missing backend responses its share of the requests with 500 and no body', async () => {
    await throughGateway(`[{ backendRefs: [{ name: reviews-v1, port: 9080 }, { name: none, port: 9080 }] }]`);
    expect(Object.keys(await mesh.shares(100, DOOR_URL)).toSorted()).toEqual(['500', 'reviews-v1']);
    await throughGateway(`[{ backendRefs: [{ name: none, port: 9080 }] }]`);
    expect(await mesh.ask(DOOR_URL)).toMatchObject({ status: 500, body: '' });
    await throughGateway(`[{ ${to('v1:0', 'v2:0')} }]`);
    expect(await mesh.ask(DOOR_URL)).toMatchObject({ status: 500, body: '' });
    await throughGateway('[{ backendRefs: [] }]');
    expect(await mesh.ask(DOOR_URL)).toMatchObject({ status: 500, body: '' });
  });

  test('the most specific match wins, wherever it is written', async () => {
    await throughGateway(`[
      { ${to('v1')} },
      { matches: [{ path: { value: /a } }], ${to('v2')} },
      { matches: [{ path: { type: Exact, value: /a } }], ${to('v3')} },
      { matches: [{ path: { value: /a/b } }], ${to('v1')} },
      { matches: [{ path: { value: /a }, headers: [{ name: x, value: b }] }], ${to('v3')} },
      { matches: [{ path: { value: /a }, method: POST }], ${to('v1')} }]`);
    expect(await mesh.responder(`${DOOR_URL}/b`)).toBe('reviews-v1');
    expect(await mesh.responder(`${DOOR_URL}/a`)).toBe('reviews-v3');
    expect(await mesh.responder(`${DOOR_URL}/a/c`)).toBe('reviews-v2');
    expect(await mesh.responder(`${DOOR_URL}/a/b/c`)).toBe('reviews-v1');
    expect(await mesh.responder(`${DOOR_URL}/a/c`, { headers: { x: 'b' } })).toBe('reviews-v3');
    expect(await mesh.responder(`${DOOR_URL}/a/c`, { method: 'POST', headers: { x: 'b' } })).toBe(
      'reviews-v1',
    );
  });

  test('a producer route applies to all clients; a consumer route applies to clients of its namespace and wins there', async () => {
    const shop = { client: { ...SIDECAR, namespace: 'shop' } };
    const producer = attached('v1', 'default');
    const consumer = attached('v3', 'shop');
    const url = 'http://reviews.default:9080/';
    await fromSidecar(producer + consumer);
    expect(await mesh.responder(url)).toBe('reviews-v1');
    await fromSidecar(producer + consumer, shop);
    expect(await mesh.responder(url)).toBe('reviews-v3');
    await fromSidecar(producer, shop);
    expect(await mesh.responder(url)).toBe('reviews-v1');
  });

  test('a listener takes routes of the namespaces that it selects by their labels', async () => {
    const hall = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: hall, namespace: shop }
spec:
  gatewayClassName: istio
  listeners:
    - name: http
      port: 80
      protocol: HTTP
      allowedRoutes:
        namespaces: { from: Selector, selector: { matchExpressions: [{ key: team, operator: In, values: [a, b] }] } }
---
`;
    const route = httpRoute(`[{ ${to('v1')} }]`, { parent: '{ name: hall, namespace: shop }' });
    const context = { client: ownProxyOf('hall', 'shop') };
    await mesh.rules(DOOR_RESOURCES + hall + route + teamNamespace('b'), context);
    expect(await mesh.responder(DOOR_URL)).toBe('reviews-v1');
    await mesh.rules(DOOR_RESOURCES + hall + route + teamNamespace('c'), context);
    expect(await mesh.responder(DOOR_URL)).toBe('404');
  });

  test('a Service with a route gives 404 for requests that match none', async () => {
    await fromSidecar(
      httpRoute(`[{ matches: [{ path: { value: /reviews } }], ${to('v2')} }]`, { parent: REVIEWS }),
    );
    expect(await mesh.responder(`${URL}/reviews/0`)).toBe('reviews-v2');
    expect(await mesh.ask(`${URL}/health`)).toMatchObject({ status: 404, body: '' });
    expect(await mesh.responder('http://ratings:9080/health')).toBe('ratings-v1');
  });

  test('equal weights share the requests, and a weight of 0 gets none', async () => {
    await throughGateway(`[{ ${to('v1', 'v2', 'v3:0')} }]`);
    expect(Object.keys(await mesh.shares(100, DOOR_URL)).toSorted()).toEqual(['reviews-v1', 'reviews-v2']);
  });
});
