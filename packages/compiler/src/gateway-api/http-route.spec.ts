import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../testing/bookinfo-mesh.js';
import { doorTable, httpRoute, to } from '../testing/gateway-api.js';
import type { RouteRequest } from '@bookinfo/routing';

/** Returns the outcomes of requests to the ingress gateway under an HTTPRoute with these rules. */
function ask(rules: string, asked: Partial<RouteRequest>): string {
  return outcomeOf(doorTable(httpRoute(rules)), { authority: 'www.example.com', ...asked });
}

/** Returns the outcome of a request for which this number is drawn. */
const share = (rules: string, random: number): string =>
  outcomeOf(doorTable(httpRoute(rules)), {}, () => random);
/** A ReferenceGrant; both lists are YAML. */
const grant = (from: string, targets: string, namespace = 'default'): string => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: grant, namespace: ${namespace} }
spec: { from: [${from}], to: [${targets}] }
`;

describe('a match', () => {
  test('of a path prefix is one of whole segments, and a slash at its end has no effect', () => {
    for (const prefix of ['/a', '/a/']) {
      const rules = `[{ matches: [{ path: { value: ${prefix} } }], ${to('v1')} }]`;
      for (const path of ['/a', '/a/', '/a/b', '/a?b']) expect(ask(rules, { path })).toBe('reviews-v1');
      for (const path of ['/abc', '/', '/b/a']) expect(ask(rules, { path })).toBe('route-not-found');
    }
  });

  test('of an exact path or a regular expression takes the whole path', () => {
    const rules = `[
      { matches: [{ path: { type: Exact, value: /a } }], ${to('v1')} },
      { matches: [{ path: { type: RegularExpression, value: '/b|/c' } }], ${to('v2')} }]`;
    expect(ask(rules, { path: '/a' })).toBe('reviews-v1');
    expect(ask(rules, { path: '/a/' })).toBe('route-not-found');
    expect(ask(rules, { path: '/c' })).toBe('reviews-v2');
    expect(ask(rules, { path: '/cc' })).toBe('route-not-found');
  });

  test('needs all of its headers, parameters and its method; several are alternatives', () => {
    const rules = `[{ matches: [
      { method: PUT, headers: [{ name: X-A, value: '1' }, { name: x-b, type: RegularExpression, value: 'b+' }] },
      { queryParams: [{ name: q, value: '1' }] }], ${to('v1')} }]`;
    const headers = { 'x-a': '1', 'x-b': 'bb' };
    expect(ask(rules, { method: 'PUT', headers })).toBe('reviews-v1');
    expect(ask(rules, { method: 'GET', headers })).toBe('route-not-found');
    expect(ask(rules, { method: 'PUT', headers: { ...headers, 'x-b': 'c' } })).toBe('route-not-found');
    expect(ask(rules, { path: '/?q=1' })).toBe('reviews-v1');
    expect(ask(rules, { path: '/?Q=1' })).toBe('route-not-found');
  });

  test('that is left out takes every request', () => {
    expect(ask(`[{ ${to('v1')} }]`, { method: 'POST', path: '/any' })).toBe('reviews-v1');
    expect(ask(`[{ matches: [], ${to('v1')} }]`, { path: '/any' })).toBe('reviews-v1');
  });
});

describe('the most specific match wins, whatever the order:', () => {
  const exact = '{ path: { type: Exact, value: /a } }';
  const prefix = '{ path: { value: /a } }';
  test.each([
    ['an exact path before a prefix', prefix, exact],
    ['a prefix before a regular expression', '{ path: { type: RegularExpression, value: "/a.*" } }', prefix],
    [
      'a short exact path before a long regular expression',
      '{ path: { type: RegularExpression, value: "/[a-a][a-a]?" } }',
      exact,
    ],
    ['the longer prefix', '{}', prefix],
    ['a method', prefix, '{ path: { value: /a }, method: GET }'],
    [
      'a method before two headers',
      '{ path: { value: /a }, headers: [{ name: x, value: b }, { name: z, value: z }] }',
      '{ path: { value: /a }, method: GET }',
    ],
    [
      'more headers',
      '{ headers: [{ name: x, value: b }] }',
      '{ headers: [{ name: x, value: b }, { name: z, value: z }] }',
    ],
    [
      'a header before a parameter',
      '{ queryParams: [{ name: q, value: "1" }] }',
      '{ headers: [{ name: x, value: b }] }',
    ],
    [
      'more parameters',
      '{ queryParams: [{ name: q, value: "1" }] }',
      '{ queryParams: [{ name: q, value: "1" }, { name: r, value: "2" }] }',
    ],
  ])('%s', (_, less, more) => {
    const asked = { authority: 'a', path: '/a?q=1&r=2', headers: { x: 'b', z: 'z' } };
    const oneRoute = `[{ matches: [${less}], ${to('v1')} }, { matches: [${more}], ${to('v2')} }]`;
    expect(ask(oneRoute, asked)).toBe('reviews-v2');
    const twoRoutes =
      httpRoute(`[{ matches: [${less}], ${to('v1')} }]`, { name: 'older' }) +
      httpRoute(`[{ matches: [${more}], ${to('v2')} }]`, { name: 'younger' });
    expect(outcomeOf(doorTable(twoRoutes), asked)).toBe('reviews-v2');
  });

  test('of equals the older route, then the first in the list', () => {
    const routes = [
      httpRoute(`[{ ${to('v1')} }, { ${to('v2')} }]`, { name: 'older' }),
      httpRoute(`[{ ${to('v3')} }]`, { name: 'younger' }),
    ];
    expect(outcomeOf(doorTable(routes.join('')))).toBe('reviews-v1');
    expect(outcomeOf(doorTable(routes.toReversed().join('')))).toBe('reviews-v3');
  });
});

describe('backends', () => {
  test('have equal shares unless weights are given, and none with weight 0', () => {
    expect(share(`[{ ${to('v1', 'v2')} }]`, 0.49)).toBe('reviews-v1');
    expect(share(`[{ ${to('v1', 'v2')} }]`, 0.51)).toBe('reviews-v2');
    expect(share(`[{ ${to('v1:1', 'v2:3', 'v3:0')} }]`, 0.24)).toBe('reviews-v1');
    expect(share(`[{ ${to('v1:1', 'v2:3', 'v3:0')} }]`, 0.26)).toBe('reviews-v2');
    expect(ask(`[{ ${to('v1:0', 'v2:7')} }]`, {})).toBe('reviews-v2');
  });

  test.each([
    ['no backend', 'backendRefs: []'],
    ['backends whose weights are all 0', to('v1:0', 'v2:0')],
  ])('%s: every request gets 500', (_, backends) => {
    expect(ask(`[{ ${backends} }]`, {})).toBe('direct-response');
  });

  test.each([
    [
      'a Service that does not exist',
      '{ name: none, port: 9080 }',
      'outbound|9080||none.default.svc.cluster.local',
    ],
    [
      'a port that the Service lacks',
      '{ name: reviews, port: 1 }',
      'outbound|1||reviews.default.svc.cluster.local',
    ],
    ['another kind', '{ group: example.com, kind: Bucket, name: b }', 'UnknownService'],
    [
      'a Service of another namespace without a ReferenceGrant',
      '{ name: reviews, namespace: shop, port: 9080 }',
      'UnknownService',
    ],
  ])('%s gets its share of the requests, which fail with 500', (_, reference, cluster) => {
    const rules = `[{ backendRefs: [{ name: reviews-v1, port: 9080 }, ${reference}] }]`;
    expect(share(rules, 0.49)).toBe('reviews-v1');
    expect(share(rules, 0.51)).toBe(`no cluster ${cluster}`);
  });

  test('of another namespace are allowed by a ReferenceGrant there, for the routes and Services that it names', () => {
    const route = httpRoute(`[{ backendRefs: [{ name: reviews-v1, namespace: default, port: 9080 }] }]`, {
      namespace: 'shop',
      parent: '{ name: hall }',
    });
    const hall = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: hall, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---`;
    const shop = '{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }';
    const services = "{ group: '', kind: Service }";
    const reached = (text: string): string =>
      outcomeOf(doorTable(hall + route + text, { name: 'hall', namespace: 'shop' }));
    expect(reached('')).toBe('no cluster UnknownService');
    expect(reached(grant(shop, services))).toBe('reviews-v1');
    expect(reached(grant(shop, "{ group: '', kind: Service, name: reviews-v1 }"))).toBe('reviews-v1');
    expect(reached(grant(shop, "{ group: '', kind: Service, name: reviews-v2 }"))).toContain('no cluster');
    expect(reached(grant(shop, "{ group: '', kind: Secret }"))).toContain('no cluster');
    expect(reached(grant(shop, services, 'shop'))).toContain('no cluster');
    expect(
      reached(grant('{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: x }', services)),
    ).toContain('no cluster');
  });
});

test('a route has the name of its rule, or one by the position of the rule', () => {
  const rules = `[{ ${to('v1')}, matches: [{ path: { value: /a } }, { path: { value: /b } }] }, { name: rest, ${to('v2')} }]`;
  const [host] = doorTable(httpRoute(rules)).routeConfigurations.get(80)?.[0]?.virtualHosts ?? [];
  expect(host?.routes.map(({ name }) => name)).toEqual(['default.reviews.0', 'default.reviews.0', 'rest']);
});
