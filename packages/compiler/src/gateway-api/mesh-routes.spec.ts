import { expect, test } from 'vitest';
import { outcomeOf } from '../testing/bookinfo-mesh.js';
import { SIDECAR } from '@bookinfo/rules/testing';
import { httpRoute, meshTable, REVIEWS, to } from '../testing/gateway-api.js';

const attached = (
  rules: string,
  more: { name?: string; namespace?: string; hostnames?: string } = {},
): string =>
  httpRoute(rules, {
    parent: REVIEWS.replace('}', ', namespace: default }'),
    ...more,
  }).replaceAll('port: 9080', 'namespace: default, port: 9080');
const ELSEWHERE = { ...SIDECAR, namespace: 'shop' };
const from = { authority: 'reviews.default' };
const virtualService = (version: string, namespace = 'default'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: ${namespace} }
spec: { hosts: [reviews.default.svc.cluster.local], http: [{ route: [{ destination: { host: reviews.default.svc.cluster.local, subset: ${version} } }] }] }
---
`;
/** Returns a route for one port of reviews. */
const forPort = (port: number): string =>
  httpRoute(`[{ ${to('v1')} }]`, { parent: REVIEWS.replace('}', `, port: ${port} }`) });

test('a route attached to a Service is for all names of that Service, whatever the hostnames', () => {
  const table = meshTable(attached(`[{ ${to('v1')} }]`, { hostnames: '[other.example.com]' }));
  for (const authority of ['reviews:9080', 'reviews.default', 'reviews.default.svc.cluster.local'])
    expect(outcomeOf(table, { authority })).toBe('reviews-v1');
});

test('a Service with a route answers 404 to what no match takes, one without a route sends it to all pods', () => {
  const table = meshTable(attached(`[{ matches: [{ path: { value: /reviews } }], ${to('v2')} }]`));
  expect(outcomeOf(table, { path: '/reviews/0' })).toBe('reviews-v2');
  expect(outcomeOf(table, { path: '/health' })).toBe('route-not-found');
  expect(outcomeOf(table, { authority: 'ratings', path: '/health' })).toBe('ratings-v1');
});

test('a port of the parent narrows the route down to that port', () => {
  expect(outcomeOf(meshTable(forPort(9080)))).toBe('reviews-v1');
  expect(outcomeOf(meshTable(forPort(80)))).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('a route of the namespace of the Service is for every client, one of another namespace for clients there alone, before the other', () => {
  const producer = attached(`[{ ${to('v1')} }]`);
  const consumer = attached(`[{ ${to('v3')} }]`, { namespace: 'shop' });
  expect(outcomeOf(meshTable(producer, ELSEWHERE), from)).toBe('reviews-v1');
  expect(outcomeOf(meshTable(producer + consumer), from)).toBe('reviews-v1');
  expect(outcomeOf(meshTable(producer + consumer, ELSEWHERE), from)).toBe('reviews-v3');
  expect(outcomeOf(meshTable(consumer), from)).toBe('reviews-v1 reviews-v2 reviews-v3');
});

test('routes of one namespace for one Service are merged', () => {
  const table = meshTable(
    attached(`[{ ${to('v1')} }]`, { name: 'a' }) +
      attached(`[{ matches: [{ headers: [{ name: end-user, value: jason }] }], ${to('v2')} }]`, {
        name: 'b',
      }),
  );
  expect(outcomeOf(table, { headers: { 'end-user': 'jason' } })).toBe('reviews-v2');
  expect(outcomeOf(table)).toBe('reviews-v1');
});

test('a Service of another namespace needs no ReferenceGrant', () => {
  const table = meshTable(attached(`[{ ${to('v3')} }]`, { namespace: 'shop' }), ELSEWHERE);
  expect(outcomeOf(table, from)).toBe('reviews-v3');
});

test('before a VirtualService for the same host comes a route of the namespace of the client, else the older of both', () => {
  const route = attached(`[{ ${to('v1')} }]`);
  expect(outcomeOf(meshTable(virtualService('v2') + route))).toBe('reviews-v1');
  expect(outcomeOf(meshTable(virtualService('v2') + route, ELSEWHERE), from)).toBe('reviews-v2');
  expect(outcomeOf(meshTable(route + virtualService('v2'), ELSEWHERE), from)).toBe('reviews-v1');
});

test('a route for a Service that does not exist changes nothing', () => {
  const table = meshTable(
    httpRoute(`[{ ${to('v1')} }]`, { parent: "{ group: '', kind: Service, name: gone }" }),
  );
  expect(outcomeOf(table, { authority: 'gone.default.svc.cluster.local', port: 80 })).toBe('passthrough');
});

/** Returns a route for the hosts of the ServiceEntry books. */
const forBooks = (path: string, backend: string): string =>
  httpRoute(`[{ matches: [{ path: { value: ${path} } }], backendRefs: [${backend}] }]`, {
    name: `route${path.slice(1)}`,
    parent: '{ group: networking.istio.io, kind: ServiceEntry, name: books }',
  });

test('a route attached to a ServiceEntry is for its hosts, and a host of one can be a backend', () => {
  const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec:
  hosts: [books.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: STATIC
  endpoints: [{ address: 192.0.2.1 }]
---
`;
  const table = meshTable(
    entry +
      forBooks('/here', '{ name: reviews-v1, port: 9080 }') +
      forBooks('/there', '{ group: networking.istio.io, kind: Hostname, name: books.example.com, port: 80 }'),
  );
  const books = { authority: 'books.example.com', port: 80 };
  expect(outcomeOf(table, { ...books, path: '/here' })).toBe('reviews-v1');
  expect(outcomeOf(table, { ...books, path: '/there' })).toBe('192.0.2.1');
  expect(outcomeOf(table, { ...books, path: '/' })).toBe('route-not-found');
});
