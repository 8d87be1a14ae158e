import { expect, test } from 'vitest';
import { outcomeOf, tableOf, virtualHostsOf } from '../testing/bookinfo-mesh.js';

const entry = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec: ${spec}
---
`;
const rule = (kind: string, spec: string): string => `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: books }
spec: ${spec}
---
`;
const http = 'ports: [{ number: 80, name: http, protocol: HTTP }]';
const two = `endpoints: [{ address: 10.0.0.1, labels: { version: v1 } }, { address: 10.0.0.2, labels: { version: v2 } }]`;
const books = { port: 80, authority: 'books.example.com' };

test('a host of a ServiceEntry leads to its endpoints, under its full name only', () => {
  const table = tableOf(
    entry(
      `{ hosts: [books.example.com], ${http}, resolution: STATIC, ${two}, addresses: [10.9.9.9, '::9'] }`,
    ),
  );
  for (const authority of ['books.example.com', 'BOOKS.example.com.:80', '10.9.9.9', '[::9]:80'])
    expect(outcomeOf(table, { port: 80, authority })).toBe('10.0.0.1 10.0.0.2');
  expect(outcomeOf(table, { port: 80, authority: 'books' })).toBe('passthrough');
  expect(outcomeOf(table, { ...books, port: 81 })).toBe('passthrough');
});

test('VirtualServices and subsets apply to it by the labels of its endpoints', () => {
  const table = tableOf(
    entry(`{ hosts: [books.example.com], ${http}, resolution: STATIC, ${two} }`) +
      rule(
        'DestinationRule',
        '{ host: books.example.com, subsets: [{ name: two, labels: { version: v2 } }] }',
      ) +
      rule(
        'VirtualService',
        '{ hosts: [books.example.com], http: [{ route: [{ destination: { host: books.example.com, subset: two } }] }] }',
      ),
  );
  expect(outcomeOf(table, books)).toBe('10.0.0.2');
});

test.each([
  ['NONE', '', 'ORIGINAL_DST', 'CLUSTER_PROVIDED', []],
  ['DNS', '', 'STRICT_DNS', 'LEAST_REQUEST', ['books.example.com']],
  ['DNS_ROUND_ROBIN', '', 'LOGICAL_DNS', 'LEAST_REQUEST', ['books.example.com']],
  ['STATIC', two, 'STATIC', 'LEAST_REQUEST', ['10.0.0.1', '10.0.0.2']],
])('the resolution %s %s makes a cluster of type %s', (resolution, endpoints, type, kind, addresses) => {
  const table = tableOf(
    entry(`{ hosts: [books.example.com], ${http}, resolution: ${resolution}, ${endpoints} }`),
  );
  const cluster = table.clusters.get('outbound|80||books.example.com');
  expect(cluster).toMatchObject({ type, lbPolicy: { kind } });
  expect(cluster?.endpoints.map(({ address }) => address)).toEqual(addresses);
});

test('a wildcard host covers its whole domain, and a VirtualService for one of its hosts takes precedence', () => {
  const table = tableOf(
    entry(`{ hosts: ['*.example.com'], ${http} }`) +
      rule(
        'VirtualService',
        '{ hosts: [books.example.com], http: [{ fault: { abort: { percentage: { value: 100 }, httpStatus: 555 } }, route: [{ destination: { host: reviews, port: { number: 9080 } } }] }] }',
      ),
  );
  expect(outcomeOf(table, books)).toBe('abort 555');
  const domains = virtualHostsOf(table, 80).flatMap((virtualHost) => virtualHost.domains);
  expect(domains).toEqual(['books.example.com', '*.example.com']);
});

test('a TLS port has no listener for plain-text requests, but routes can lead to it', () => {
  const table = tableOf(
    entry(`{
      hosts: [books.example.com], resolution: STATIC, ${two},
      ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: https, protocol: HTTPS }] }`) +
      rule(
        'VirtualService',
        '{ hosts: [books.example.com], http: [{ route: [{ destination: { host: books.example.com, port: { number: 443 } } }] }] }',
      ),
  );
  expect(outcomeOf(table, { ...books, port: 443 })).toBe('passthrough');
  expect(outcomeOf(table, books)).toBe('10.0.0.1 10.0.0.2');
  expect(table.clusters.get('outbound|443||books.example.com')?.endpoints[0]?.port).toBe(443);
});

test("a host of the cluster's domain has short names, the shortest in its own namespace", () => {
  const table = tableOf(
    entry(`{ hosts: [inner.default.svc.cluster.local], ${http}, resolution: STATIC, ${two} }`),
  );
  for (const authority of ['inner', 'inner.default', 'inner.default.svc'])
    expect(outcomeOf(table, { authority, port: 80 })).toBe('10.0.0.1 10.0.0.2');
});
