import { expect, test } from 'vitest';
import { outcomeOf, tableOf } from '../../test/bookinfo-mesh.js';

const rule = (name: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: ${spec}
---
`;
const to = (version: string): string =>
  `http: [{ route: [{ destination: { host: reviews, subset: ${version} } }] }]`;
const bound = (gateways: string): string =>
  rule('reviews', `{ hosts: [reviews], gateways: ${gateways}, ${to('v2')} }`);

test.each([
  'reviews',
  'reviews.default',
  'reviews.default.svc',
  'reviews.default.svc.cluster.local',
  'Reviews.Default.svc.cluster.local.',
])('a Service answers to %s', (authority) => {
  expect(outcomeOf(tableOf(''), { authority })).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('the VirtualService with the most specific host rules a Service, even if it is younger', () => {
  const table = tableOf(
    rule('all', `{ hosts: ["*.default.svc.cluster.local"], ${to('v1')} }`) +
      rule('reviews', `{ hosts: [reviews.default.svc.cluster.local], ${to('v2')} }`),
  );
  expect(outcomeOf(table)).toBe('reviews-v2');
  expect(outcomeOf(table, { authority: 'ratings' })).toBe('reviews-v1');
});

test('a VirtualService that is bound to a gateway alone does not concern sidecars', () => {
  expect(outcomeOf(tableOf(bound('[bookinfo-gateway]')))).toBe('reviews-v1 reviews-v2 reviews-v3');
  expect(outcomeOf(tableOf(bound('[bookinfo-gateway, mesh]')))).toBe('reviews-v2');
});

test('a host that no Service has is routed by the VirtualService that names it', () => {
  const table = tableOf(rule('outside', `{ hosts: ["*.example.com"], ${to('v3')} }`));
  expect(outcomeOf(table, { authority: 'books.example.com' })).toBe('reviews-v3');
  expect(outcomeOf(table, { authority: 'example.com' })).toBe('passthrough');
});

test('a wildcard that some Service has is the rule of those Services and no host of its own', () => {
  const table = tableOf(rule('all', `{ hosts: ["*.default.svc.cluster.local"], ${to('v3')} }`));
  expect(outcomeOf(table)).toBe('reviews-v3');
  expect(outcomeOf(table, { authority: 'other.default.svc.cluster.local' })).toBe('passthrough');
});

test('a domain stands in one virtual host, that of the older rule', () => {
  const { virtualHosts } = tableOf(
    rule('older', `{ hosts: [a.example.com], ${to('v1')} }`) +
      rule('younger', `{ hosts: [a.example.com], ${to('v2')} }`),
  );
  const clusters = virtualHosts
    .filter(({ domains }) => domains.includes('a.example.com'))
    .map(({ routes }) => routes[0]?.action.weightedClusters[0]?.name);
  expect(clusters).toEqual(['outbound|9080|v1|reviews.default.svc.cluster.local']);
});

test('a VirtualService for reviews.default does not take over that name of the Service', () => {
  expect(
    outcomeOf(tableOf(rule('half', `{ hosts: [reviews.default], ${to('v3')} }`)), {
      authority: 'reviews.default',
    }),
  ).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('a destination goes to the port that it names, else to the only port of its Service', () => {
  const table = tableOf(`
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: reviews }, ports: [{ port: 80 }, { port: 9080 }] }
---
${rule('shop', '{ hosts: [shop], http: [{ match: [{ uri: { exact: /named } }], route: [{ destination: { host: shop, port: { number: 9080 } } }] }, { match: [{ uri: { exact: /only } }], route: [{ destination: { host: reviews } }] }, { route: [{ destination: { host: shop } }] }] }')}`);
  const [host] = table.virtualHosts.filter(({ domains }) => domains.includes('shop'));
  expect(host?.routes.map(({ action }) => action.weightedClusters[0]?.name)).toEqual([
    'outbound|9080||shop.default.svc.cluster.local',
    'outbound|9080||reviews.default.svc.cluster.local',
    'outbound|80||shop.default.svc.cluster.local',
  ]);
});

test('a route is called after its rule and its match entry, and knows where its rule was written', () => {
  const table = tableOf(
    rule(
      'reviews',
      '{ hosts: [reviews], http: [{ name: r, match: [{ name: m, uri: { exact: /a } }, { uri: { exact: /b } }], route: [{ destination: { host: reviews } }] }] }',
    ),
  );
  const [host] = table.virtualHosts.filter(({ domains }) => domains.includes('reviews'));
  expect(host?.routes.map(({ name }) => name)).toEqual(['r.m', 'r']);
  expect(host?.routes[1]?.origin).toMatchObject({ file: 'rules.yaml', line: 5 });
});
