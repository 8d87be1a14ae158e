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

const RESPONSE = 'http: [{ directResponse: { status: 222 } }]';
const SHOP = `
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: reviews }, ports: [{ port: 7000 }, { port: 9080 }] }
---
`;
const HTTPS_ONLY = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec: { hosts: [books.example.com], resolution: DNS, ports: [{ number: 443, name: https, protocol: HTTPS }] }
---
`;

test('a host that no Service has is routed by the VirtualService that names it, at port 80', () => {
  const table = tableOf(rule('outside', `{ hosts: ["*.example.com"], ${RESPONSE} }`));
  expect(outcomeOf(table, { authority: 'books.example.com', port: 80 })).toBe('direct-response');
  expect(outcomeOf(table, { authority: 'books.example.com:9080' })).toBe('passthrough');
  expect(outcomeOf(table, { authority: 'example.com', port: 80 })).toBe('passthrough');
});

test.each([
  ['', '[reviews]', 'reviews.default.svc.cluster.local'],
  ['', '["*.default.svc.cluster.local"]', 'nobody.default.svc.cluster.local'],
  [HTTPS_ONLY, '[books.example.com]', 'books.example.com'],
])('%s port 80 has the hosts %s under the names that the rule has', (resources, hosts, authority) => {
  const table = tableOf(resources + rule('rules', `{ hosts: ${hosts}, ${RESPONSE} }`));
  expect(outcomeOf(table, { authority, port: 80 })).toBe('direct-response');
  expect(outcomeOf(table, { authority: 'reviews', port: 80 })).toBe('passthrough');
});

test('a host that no Service has at a port is routed there if another host of its VirtualService has one', () => {
  const table = tableOf(SHOP + rule('rules', `{ hosts: [www.example.com, reviews, shop], ${RESPONSE} }`));
  const outcome = (authority: string, port: number) => outcomeOf(table, { authority, port });
  expect(outcome('www.example.com', 7000)).toBe('direct-response');
  expect(outcome('www.example.com', 9080)).toBe('direct-response');
  expect(outcome('www.example.com', 8000)).toBe('passthrough');
  expect(outcome('reviews.default.svc.cluster.local', 7000)).toBe('direct-response');
  expect(outcome('reviews', 7000)).toBe('passthrough');
});

test('a port that is not HTTP has no rules: its pods get every request', () => {
  const table = tableOf(
    SHOP.replace('port: 7000', 'port: 7000, name: tcp-shop').replace(
      'port: 9080',
      'port: 9080, name: mysql',
    ) + rule('rules', `{ hosts: [shop], ${RESPONSE} }`),
  );
  expect(outcomeOf(table, { authority: 'shop' })).toBe('reviews-v1 reviews-v2 reviews-v3');
  expect(forwardsOf(table, 'shop').map(({ retryPolicy }) => retryPolicy.numRetries)).toEqual([0]);
  expect(routesOf(table, 'shop.default.svc.cluster.local', 80)).toHaveLength(1);
});

/** Returns a table with two VirtualServices for the host, the older of which has no rule for the client. */
const withOlderForOthers = (host: string) =>
  tableOf(
    rule(
      'a',
      `{ hosts: ["${host}"], http: [{ match: [{ sourceLabels: { app: none } }], directResponse: { status: 221 } }] }`,
    ) + rule('b', `{ hosts: ["${host}"], ${RESPONSE} }`),
  );

test('of two VirtualServices for a wildcard the older applies alone, for an exact host the first with a route', () => {
  expect(outcomeOf(withOlderForOthers('*.default.svc.cluster.local'))).toBe(
    'reviews-v1 reviews-v2 reviews-v3',
  );
  expect(outcomeOf(withOlderForOthers('reviews'))).toBe('direct-response');
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
  expect(clusters).toEqual(['outbound|80|v1|reviews.default.svc.cluster.local']);
});

test('a VirtualService for reviews.default does not take over that name of the Service', () => {
  expect(
    outcomeOf(tableOf(rule('half', `{ hosts: [reviews.default], ${to('v3')} }`)), {
      authority: 'reviews.default',
    }),
  ).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('a destination or mirror goes to the port that it names, else to the port that was called', () => {
  const table = tableOf(
    SHOP +
      rule(
        'shop',
        '{ hosts: [shop], http: [{ match: [{ uri: { exact: /named } }], route: [{ destination: { host: shop, port: { number: 9080 } } }] }, { route: [{ destination: { host: reviews } }], mirror: { host: ratings } }] }',
      ),
  );
  const [named, called] = forwardsOf(table, 'shop', 7000);
  expect(named?.weightedClusters[0]?.name).toBe('outbound|9080||shop.default.svc.cluster.local');
  expect(called?.weightedClusters[0]?.name).toBe('outbound|7000||reviews.default.svc.cluster.local');
  expect(called?.mirrors[0]?.cluster).toBe('outbound|7000||ratings.default.svc.cluster.local');
  expect(outcomeOf(table, { authority: 'shop', port: 7000 })).toBe(
    'no cluster outbound|7000||reviews.default.svc.cluster.local',
  );
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
