import { expect, test } from 'vitest';
import { forwardsOf, outcomeOf, request, routesOf, tableOf } from '../testing/bookinfo-mesh.js';
import { INGRESS, SIDECAR } from '@bookinfo/rules/testing';

const rule = (name: string, spec: string, namespace = 'default'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---
`;
const to = (version: string): string =>
  `route: [{ destination: { host: reviews.default.svc.cluster.local, subset: ${version} } }]`;
/** A root that delegates requests with the match to `leaf`, and routes all others to v1. */
const root = (rest: string, leaf = '{ name: leaf }'): string =>
  rule('root', `{ hosts: [reviews], http: [{ delegate: ${leaf}${rest} }, { ${to('v1')} }] }`);
const leaf = (...rules: string[]): string => rule('leaf', `{ http: [${rules.join(', ')}] }`);
const elsewhere = (exportTo: string): string =>
  rule('leaf', `{ exportTo: ${exportTo}, http: [{ ${to('v2')} }] }`, 'other');
const ask = (rules: string, asked: Partial<ReturnType<typeof request>> = {}): string =>
  outcomeOf(tableOf(rules), asked);

test('the rules of the delegate replace the rule that delegates', () => {
  const rules = root('', '{ name: leaf }') + leaf(`{ match: [{ uri: { exact: /a } }], ${to('v2')} }`);
  expect(ask(rules, { path: '/a' })).toBe('reviews-v2');
  expect(ask(rules, { path: '/b' })).toBe('reviews-v1');
});

test('a delegate alone has no routes', () => {
  expect(ask(leaf(`{ ${to('v2')} }`))).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('a rule without a match has the match of the other rule', () => {
  const rules = root(', match: [{ uri: { prefix: /a } }]') + leaf(`{ ${to('v2')} }`);
  expect(ask(rules, { path: '/a' })).toBe('reviews-v2');
  expect(ask(rules, { path: '/b' })).toBe('reviews-v1');
});

test('two matches must both hold', () => {
  const rules =
    root(', match: [{ uri: { prefix: /a }, headers: { x: { exact: "1" } } }]') +
    leaf(`{ match: [{ uri: { prefix: /a/b }, queryParams: { q: {} } }], ${to('v2')} }`);
  expect(ask(rules, { path: '/a/b?q', headers: { x: '1' } })).toBe('reviews-v2');
  expect(ask(rules, { path: '/a/b?q' })).toBe('reviews-v1');
  expect(ask(rules, { path: '/a/b', headers: { x: '1' } })).toBe('reviews-v1');
});

test.each([
  ['uri: { prefix: /a }', 'uri: { prefix: /b }'],
  ['uri: { prefix: /a/b }', 'uri: { prefix: /a }'],
  ['uri: { prefix: /a }', 'uri: { exact: /b }'],
  ['uri: { exact: /a }', 'uri: { prefix: /a }'],
  ['uri: { exact: /a }', 'uri: { exact: /b }'],
  ['uri: { regex: /a }', 'uri: { exact: /a }'],
  ['uri: { prefix: /a }', 'uri: { regex: /a.* }'],
  ['uri: { prefix: /a }, ignoreUriCase: true', 'uri: { prefix: /a }'],
  ['headers: { x: {} }', 'headers: { x: { exact: a } }'],
  ['queryParams: { x: { exact: a } }', 'queryParams: { x: { exact: b } }'],
  ['withoutHeaders: { x: { exact: a } }', 'withoutHeaders: { x: { exact: b } }'],
  ['method: { exact: GET }', 'method: { exact: POST }'],
  ['port: 80', 'port: 9080'],
  ['sourceNamespace: a', 'uri: { exact: /a }'],
  ['sourceLabels: { a: b }', 'sourceLabels: { a: c }'],
  ['gateways: [mesh]', 'gateways: [front]'],
])('under %s, a rule for %s is left out', (outer, inner) => {
  const rules =
    root(`, match: [{ ${outer} }]`) + leaf(`{ match: [{ ${inner} }], ${to('v2')} }`, `{ ${to('v3')} }`);
  const versions = forwardsOf(tableOf(rules), 'reviews').map(
    ({ weightedClusters }) => weightedClusters[0]?.name.split('|')[2],
  );
  expect(versions).not.toContain('v2');
});

test('a match that is within several matches of the root is merged with each', () => {
  const rules =
    root(', match: [{ name: a, headers: { a: {} } }, { name: b, headers: { b: {} } }]') +
    leaf(`{ name: leaf, match: [{ name: m, uri: { exact: /x } }], ${to('v2')} }`);
  expect(routesOf(tableOf(rules), 'reviews').map(({ name }) => name)).toEqual(['leaf.a-m', 'leaf.b-m', '']);
});

test("the delegate's fields win and the root's fill the gaps", () => {
  const rules =
    root(', name: outer, timeout: 9s, fault: { delay: { fixedDelay: 2s, percentage: { value: 100 } } }') +
    leaf(`{ name: inner, timeout: 1s, ${to('v2')} }`);
  const [route] = routesOf(tableOf(rules), 'reviews');
  expect(route).toMatchObject({
    name: 'outer-inner',
    fault: { delay: { fixedDelayMs: 2000 } },
    action: { timeoutMs: 1000 },
  });
});

test.each([
  ['without mirrors of its own has those of the root', '', 'v3'],
  ['with mirrors has only its own', 'mirrors: [{ destination: { host: reviews, subset: v2 } }], ', 'v2'],
])('a delegate %s', (_, mirrors, version) => {
  const rules =
    root(', mirrors: [{ destination: { host: reviews, subset: v3 } }]') + leaf(`{ ${mirrors}${to('v1')} }`);
  const [delegated] = forwardsOf(tableOf(rules), 'reviews');
  expect(delegated?.mirrors.map(({ cluster }) => cluster)).toEqual([
    `outbound|9080|${version}|reviews.default.svc.cluster.local`,
  ]);
});

test('a route names its rule and the rule that delegates to it', () => {
  const [route] = routesOf(tableOf(root('') + leaf(`{ ${to('v2')} }`)), 'reviews');
  expect(route?.rule).toMatchObject({
    resource: 'VirtualService/default/leaf',
    origin: { line: 11 },
    delegatedBy: { resource: 'VirtualService/default/root', origin: { line: 5 } },
  });
});

test.each([
  ['there is none', ''],
  ['it has hosts', rule('leaf', `{ hosts: [other], http: [{ ${to('v2')} }] }`)],
  ['it is in another namespace', rule('leaf', `{ http: [{ ${to('v2')} }] }`, 'other')],
])('a rule that delegates is left out when %s', (_, delegate) => {
  expect(ask(root('') + delegate)).toBe('reviews-v1');
});

test('a delegate of another namespace has to be exported to the namespace of the root', () => {
  const outer = root('', '{ name: leaf, namespace: other }');
  expect(ask(outer + elsewhere("['*']"))).toBe('reviews-v2');
  expect(ask(outer + elsewhere('[default]'))).toBe('reviews-v2');
  expect(ask(outer + elsewhere("['.']"))).toBe('reviews-v1');
});

test('a delegate need not be exported to the clients', () => {
  const rules = root('') + rule('leaf', `{ exportTo: ['.'], http: [{ ${to('v2')} }] }`);
  const table = tableOf(rules, { ...SIDECAR, namespace: 'other' });
  expect(outcomeOf(table, { authority: 'reviews.default' })).toBe('reviews-v2');
});

test('delegates apply at gateways', () => {
  const rules = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: {}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
${root('').replace('hosts: [reviews]', "hosts: ['*'], gateways: [front]")}${leaf(`{ match: [{ gateways: [front] }], ${to('v2')} }`)}`;
  expect(outcomeOf(tableOf(rules, INGRESS), { authority: 'any.test' })).toBe('reviews-v2');
});
