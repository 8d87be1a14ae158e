import { expect, test } from 'vitest';
import { pod, resourcesOf } from '../testing/bookinfo-pods.js';
import { buildRegistry, type Pod, type Registry } from './registry.js';

function registryOf(spec: string, pods: readonly Pod[] = []): Registry {
  return buildRegistry(
    resourcesOf(`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books, namespace: shop }
spec: ${spec}
`),
    pods,
  );
}

const endpointsOf = (registry: Registry, host: string): string[] =>
  registry
    .service(host, 'default')
    ?.ports.flatMap(({ endpoints }) => endpoints.map((each) => `${each.address}:${each.port} ${each.pod}`)) ??
  [];

test('each host of a ServiceEntry is a service, looked up by its own name unless endpoints are listed', () => {
  const ports = 'ports: [{ number: 80, targetPort: 8080, name: http, protocol: HTTP }]';
  const registry = registryOf(`{ hosts: [Books.example.com, b.example.com], resolution: DNS, ${ports} }`);
  expect(endpointsOf(registry, 'books.example.com')).toEqual(['books.example.com:8080 books.example.com']);
  expect(endpointsOf(registry, 'b.example.com')).toEqual(['b.example.com:8080 b.example.com']);
  expect(registry.service('books', 'shop')).toBeUndefined();
});

test('an endpoint has its own port, else the target port', () => {
  const registry = registryOf(`{
    hosts: [books.example.com], resolution: STATIC, addresses: [10.1.1.1, 10.2.0.0/16],
    ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: https, protocol: HTTPS }],
    endpoints: [{ address: 10.0.0.1, ports: { http: 8080 } }, { address: 10.0.0.2 }] }`);
  expect(endpointsOf(registry, 'books.example.com')).toEqual([
    '10.0.0.1:8080 10.0.0.1',
    '10.0.0.2:80 10.0.0.2',
    '10.0.0.1:443 10.0.0.1',
    '10.0.0.2:443 10.0.0.2',
  ]);
  const service = registry.service('books.example.com', 'default');
  expect(service?.ports.map(({ isHttp }) => isHttp)).toEqual([true, false]);
  expect(service?.addresses).toEqual(['10.1.1.1']);
});

test('a workloadSelector matches ready pods of the namespace, on any port', () => {
  const inShop = { namespace: 'shop', ports: { 8080: 1001 } };
  const pods = [
    pod('books-v1', inShop),
    pod('books-v2', { ...inShop, ready: false }),
    pod('books-v3'),
    pod('details-v1', inShop),
  ];
  const selector = 'resolution: STATIC, workloadSelector: { labels: { app: books } }';
  const ports = 'ports: [{ number: 80, targetPort: 8080, name: http, protocol: HTTP }]';
  expect(
    endpointsOf(
      registryOf(`{ hosts: [books.example.com], ${selector}, ${ports} }`, pods),
      'books.example.com',
    ),
  ).toEqual(['127.0.0.1:1001 books-v1']);
});

test('only the namespaces of exportTo have the service', () => {
  const registry = registryOf(
    "{ hosts: [books.example.com], exportTo: ['.'], ports: [{ number: 80, name: http, protocol: HTTP }] }",
  );
  expect(registry.visibleFrom('shop').services).toHaveLength(1);
  expect(registry.visibleFrom('default').services).toEqual([]);
});

const entry = (name: string, namespace: string, address: string, port = 80) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: ${namespace} }
spec: { hosts: [books.example.com], resolution: STATIC, endpoints: [{ address: ${address} }], ports: [{ number: ${port}, name: http, protocol: HTTP }] }
---
`;

test('ServiceEntries of one namespace for one host are merged', () => {
  const registry = buildRegistry(
    resourcesOf(
      entry('a', 'shop', '10.0.0.1') + entry('b', 'shop', '10.0.0.2') + entry('c', 'shop', '10.0.0.3', 8080),
    ),
    [],
  );
  expect(endpointsOf(registry, 'books.example.com')).toEqual([
    '10.0.0.1:80 10.0.0.1',
    '10.0.0.2:80 10.0.0.2',
    '10.0.0.3:8080 10.0.0.3',
  ]);
});

test('of ServiceEntries of two namespaces a client sees the one of its own, else the oldest', () => {
  const registry = buildRegistry(
    resourcesOf(entry('a', 'shop', '10.0.0.1') + entry('b', 'other', '10.0.0.2')),
    [],
  );
  const seen = (namespace: string) => endpointsOf(registry.visibleFrom(namespace), 'books.example.com');
  expect(seen('other')).toEqual(['10.0.0.2:80 10.0.0.2']);
  expect(seen('default')).toEqual(['10.0.0.1:80 10.0.0.1']);
});
