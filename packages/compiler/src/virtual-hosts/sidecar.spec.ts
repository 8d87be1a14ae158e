import { expect, test } from 'vitest';
import { forwardsOf, outcomeOf, routesOf, tableOf } from '../testing/bookinfo-mesh.js';

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

test('the VirtualService with the most specific host applies to a Service, even if it is younger', () => {
  const table = tableOf(
    rule('all', `{ hosts: ["*.default.svc.cluster.local"], ${to('v1')} }`) +
      rule('reviews', `{ hosts: [reviews.default.svc.cluster.local], ${to('v2')} }`),
  );
  expect(outcomeOf(table)).toBe('reviews-v2');
  expect(outcomeOf(table, { authority: 'ratings' })).toBe('reviews-v1');
});

test('a VirtualService that is bound only to a gateway does not apply to sidecars', () => {
  expect(outcomeOf(tableOf(bound('[bookinfo-gateway]')))).toBe('reviews-v1 reviews-v2 reviews-v3');
  expect(outcomeOf(tableOf(bound('[bookinfo-gateway, mesh]')))).toBe('reviews-v2');
});

test('a host that no Service has is routed by the VirtualService that names it, at port 80 only', () => {
  const table = tableOf(rule('outside', `{ hosts: ["*.example.com"], ${to('v3')} }`));
  expect(outcomeOf(table, { authority: 'books.example.com', port: 80 })).toBe('reviews-v3');
  expect(outcomeOf(table, { authority: 'books.example.com:9080' })).toBe('passthrough');
  expect(outcomeOf(table, { authority: 'example.com', port: 80 })).toBe('passthrough');
});

test('a wildcard that covers a Service is a rule for that Service and no separate host', () => {
  const table = tableOf(rule('all', `{ hosts: ["*.default.svc.cluster.local"], ${to('v3')} }`));
  expect(outcomeOf(table)).toBe('reviews-v3');
  expect(outcomeOf(table, { authority: 'other.default.svc.cluster.local' })).toBe('passthrough');
});

test('a domain is in one virtual host, that of the older rule', () => {
  const table = tableOf(
    rule('older', `{ hosts: [a.example.com], ${to('v1')} }`) +
      rule('younger', `{ hosts: [a.example.com], ${to('v2')} }`),
  );
  const clusters = forwardsOf(table, 'a.example.com', 80).map((action) => action.weightedClusters[0]?.name);
  expect(clusters).toEqual(['outbound|9080|v1|reviews.default.svc.cluster.local']);
});

test('a VirtualService for reviews.default does not take over that name of the Service', () => {
  expect(
    outcomeOf(tableOf(rule('half', `{ hosts: [reviews.default], ${to('v3')} }`)), {
      authority: 'reviews.default',
    }),
  ).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('a destination goes to the port that it names, else to the only port of its Service, else to the port that was called', () => {
  const table = tableOf(`
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: reviews }, ports: [{ port: 80 }, { port: 9080 }] }
---
${rule('shop', '{ hosts: [shop], http: [{ match: [{ uri: { exact: /named } }], route: [{ destination: { host: shop, port: { number: 9080 } } }] }, { match: [{ uri: { exact: /only } }], route: [{ destination: { host: reviews } }] }, { route: [{ destination: { host: shop } }] }] }')}`);
  const clusters = (port: number) =>
    forwardsOf(table, 'shop', port).map((action) => action.weightedClusters[0]?.name);
  const [named, only] = [
    'outbound|9080||shop.default.svc.cluster.local',
    'outbound|9080||reviews.default.svc.cluster.local',
  ];
  expect(clusters(80)).toEqual([named, only, 'outbound|80||shop.default.svc.cluster.local']);
  expect(clusters(9080)).toEqual([named, only, 'outbound|9080||shop.default.svc.cluster.local']);
});

test('a route is named after its rule and its match entry, and has the origin of its rule', () => {
  const table = tableOf(
    rule(
      'reviews',
      '{ hosts: [reviews], http: [{ name: r, match: [{ name: m, uri: { exact: /a } }, { uri: { exact: /b } }], route: [{ destination: { host: reviews } }] }] }',
    ),
  );
  const routes = routesOf(table, 'reviews');
  expect(routes.map(({ name }) => name)).toEqual(['r.m', 'r']);
  expect(routes[1]?.rule).toMatchObject({
    resource: 'VirtualService/default/reviews',
    origin: { file: 'rules.yaml', line: 5 },
  });
});
