import { expect, test } from 'vitest';
import { decide, Matcher } from '@bookinfo/routing';
import { INGRESS } from '@bookinfo/rules/testing';
import { noDraw, outcomeOf, request, tableOf } from '../testing/bookinfo-mesh.js';
import { DOOR_RESOURCES, doorTable, httpRoute, to } from '../testing/gateway-api.js';

/** A Gateway `hall` with these listeners (a YAML flow sequence), in the namespace `shop`. */
const hall = (listeners: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: hall, namespace: shop }
spec: { gatewayClassName: istio, listeners: [${listeners}] }
---
`;
const HALL = { name: 'hall', namespace: 'shop' };
const listener = (fields = '', name = 'http'): string =>
  `{ name: ${name}, port: 80, protocol: HTTP, ${fields} }`;
const FROM_ALL = 'allowedRoutes: { namespaces: { from: All } }';
const kinds = (list: string): string =>
  listener(`allowedRoutes: { namespaces: { from: All }, kinds: [${list}] }`);

/** Returns the outcome of a request to that host under an HTTPRoute of the namespace default. */
function ask(
  listeners: string,
  authority: string,
  { parent = '', hostnames = '[]', before = '' } = {},
): string {
  const route = httpRoute(`[{ ${to('v1')} }]`, {
    parent: `{ name: hall, namespace: shop, ${parent} }`,
    hostnames,
  });
  return outcomeOf(doorTable(before + hall(listeners) + route, HALL), { authority });
}

test('a listener takes routes of its own namespace, unless allowedRoutes has others', () => {
  expect(ask(listener(), 'a.com')).toBe('route-not-found');
  expect(ask(listener(FROM_ALL), 'a.com')).toBe('reviews-v1');
});

const selecting = (conditions: string): string =>
  listener(`allowedRoutes: { namespaces: { from: Selector, selector: { ${conditions} } } }`);

test.each([
  ['{}', '', true],
  ['{}', 'matchLabels: { kubernetes.io/metadata.name: default }', true],
  ['{ kubernetes.io/metadata.name: office }', 'matchLabels: { kubernetes.io/metadata.name: office }', false],
  ['{ team: a }', 'matchLabels: { team: a }', true],
  ['{ team: a }', 'matchLabels: { team: a, kubernetes.io/metadata.name: office }', false],
  ['{ team: a }', 'matchExpressions: [{ key: team, operator: NotIn, values: [b] }]', true],
  ['{}', 'matchExpressions: [{ key: team, operator: Exists }]', false],
])('a namespace with the labels %s passes the selector { %s }: %s', (labels, conditions, passes) => {
  const namespace = `
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: ${labels} }
---
`;
  expect(ask(selecting(conditions), 'a.com', { before: namespace })).toBe(
    passes ? 'reviews-v1' : 'route-not-found',
  );
});

test('a listener takes HTTPRoutes unless it lists other kinds alone', () => {
  expect(ask(kinds('{ kind: GRPCRoute }'), 'a.com')).toBe('route-not-found');
  expect(ask(kinds('{ kind: GRPCRoute }, { kind: HTTPRoute }'), 'a.com')).toBe('reviews-v1');
});

test.each([
  ['a.com', '[]', { 'a.com': true, 'b.com': false }],
  ['*.a.com', '[]', { 'a.com': false, 'x.a.com': true, 'y.x.a.com': true }],
  ['*.a.com', '[x.a.com, b.com]', { 'x.a.com': true, 'y.a.com': false, 'b.com': false }],
  ['x.a.com', "['*.a.com']", { 'x.a.com': true, 'y.a.com': false }],
  ['a.com', '[b.com]', { 'a.com': false, 'b.com': false }],
])('listener %s and hostnames %s share their hosts: %j', (host, hostnames, expected) => {
  const listeners = listener(`hostname: '${host}', ${FROM_ALL}`);
  for (const [authority, isIn] of Object.entries(expected))
    expect(ask(listeners, authority, { hostnames }), authority).toBe(isIn ? 'reviews-v1' : 'route-not-found');
});

test('sectionName and port choose a listener', () => {
  const listeners = [
    listener(`hostname: a.com, ${FROM_ALL}`, 'a'),
    listener(`hostname: b.com, ${FROM_ALL}`, 'b'),
  ].join();
  expect(ask(listeners, 'a.com')).toBe('reviews-v1');
  expect(ask(listeners, 'b.com')).toBe('reviews-v1');
  expect(ask(listeners, 'a.com', { parent: 'sectionName: b' })).toBe('route-not-found');
  expect(ask(listeners, 'b.com', { parent: 'sectionName: b' })).toBe('reviews-v1');
  expect(ask(listeners, 'b.com', { parent: 'port: 8080' })).toBe('route-not-found');
});

test('a host that another listener names more precisely is not reached through a wider one', () => {
  const listeners = [listener(FROM_ALL, 'any'), listener(`hostname: a.com, ${FROM_ALL}`, 'a')].join();
  expect(ask(listeners, 'a.com', { parent: 'sectionName: any', hostnames: '[a.com]' })).toBe(
    'route-not-found',
  );
  expect(ask(listeners, 'b.com', { parent: 'sectionName: any', hostnames: '[b.com]' })).toBe('reviews-v1');
});

test('each listener port has the routes that are attached to it alone', () => {
  const two = [listener(), '{ name: private, port: 9090, protocol: HTTP }'].join();
  const rules =
    hall(two).replaceAll('shop', 'default') +
    httpRoute(`[{ ${to('v1')} }]`, { name: 'public', parent: '{ name: hall, sectionName: http }' }) +
    httpRoute(`[{ ${to('v2')} }]`, { name: 'private', parent: '{ name: hall, port: 9090 }' });
  const table = doorTable(rules, { name: 'hall', namespace: 'default' });
  expect(outcomeOf(table, { port: 80 })).toBe('reviews-v1');
  expect(outcomeOf(table, { port: 9090 })).toBe('reviews-v2');
});

test('Gateways share neither hosts nor routes, and the ingress gateway has none of theirs', () => {
  const other = hall(listener()).replaceAll('shop', 'default');
  const rules = other + httpRoute(`[{ ${to('v1')} }]`);
  expect(outcomeOf(doorTable(rules))).toBe('reviews-v1');
  expect(outcomeOf(doorTable(rules, { name: 'hall', namespace: 'default' }))).toBe('route-not-found');
  expect(outcomeOf(tableOf(DOOR_RESOURCES + rules, INGRESS))).toBe('route-not-found');
});

test('the most specific hostname wins over the path', () => {
  const table = doorTable(
    httpRoute(`[{ matches: [{ path: { type: Exact, value: /a } }], ${to('v1')} }]`, { name: 'any' }) +
      httpRoute(`[{ ${to('v2')} }]`, { name: 'wild', hostnames: "['*.example.com']" }) +
      httpRoute(`[{ ${to('v3')} }]`, { name: 'exact', hostnames: '[www.example.com]' }),
  );
  expect(outcomeOf(table, { path: '/a', authority: 'www.example.com' })).toBe('reviews-v3');
  expect(outcomeOf(table, { path: '/a', authority: 'api.example.com' })).toBe('reviews-v2');
  expect(outcomeOf(table, { path: '/a', authority: 'example.org' })).toBe('reviews-v1');
});

test('beside a VirtualService for the same host an HTTPRoute comes first', () => {
  const istio = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door }
spec: { selector: { gateway.networking.k8s.io/gateway-name: door }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec:
  hosts: ['*']
  gateways: [door]
  http:
    - match: [{ uri: { prefix: / } }]
      route: [{ destination: { host: reviews, subset: v1 } }]
---
`;
  const table = doorTable(istio + httpRoute(`[{ matches: [{ path: { value: /a } }], ${to('v2')} }]`));
  expect(outcomeOf(table, { path: '/a' })).toBe('reviews-v2');
  expect(outcomeOf(table, { path: '/b' })).toBe('reviews-v1');
});

test("a redirect without a port has that of the Gateway's listener, which port 80 leaves out", () => {
  const redirect = '[{ filters: [{ type: RequestRedirect, requestRedirect: { hostname: b.com } }] }]';
  const outcomeAt = (port: number) => {
    const gateway = hall(listener(FROM_ALL).replace('port: 80', `port: ${port}`));
    const route = httpRoute(redirect, { parent: '{ name: hall, namespace: shop }' });
    const table = doorTable(gateway + route, HALL);
    return decide(new Matcher(table), request({ port, path: '/' }), noDraw).outcome;
  };
  expect(outcomeAt(8080)).toMatchObject({ location: 'http://b.com:8080/' });
  expect(outcomeAt(80)).toMatchObject({ location: 'http://b.com/' });
});
