import { expect, test } from 'vitest';
import { pod, resourcesOf } from '../testing/bookinfo-pods.js';
import { buildRegistry, type Pod } from './registry.js';

const service = (spec: string) =>
  resourcesOf(`
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: ${spec}
`);
const inShop = (name: string, overrides: Partial<Pod> = {}) => pod(name, { namespace: 'shop', ...overrides });

function endpoints(spec: string, pods: Pod[]): string[] {
  const found = buildRegistry(service(spec), pods).service('reviews', 'shop');
  return (
    found?.ports.flatMap((port) => port.endpoints.map((end) => `${port.number}:${end.pod}:${end.port}`)) ?? []
  );
}

test('a Service is found by its short name in its own namespace and by its full name everywhere', () => {
  const registry = buildRegistry(service('{ ports: [{ port: 9080 }] }'), []);
  expect(registry.service('reviews', 'shop')?.host).toBe('reviews.shop.svc.cluster.local');
  expect(registry.service('REVIEWS.shop.svc.cluster.local', 'default')?.name).toBe('reviews');
  expect(registry.service('reviews', 'default')).toBeUndefined();
  expect(registry.service('reviews.shop', 'default')).toBeUndefined();
});

test('its endpoints are the ready pods of its namespace that have all labels of the selector', () => {
  const pods = [
    inShop('reviews-v1', { ports: { 9080: 1001 } }),
    inShop('reviews-v2', { ports: { 9080: 1002 }, ready: false }),
    inShop('ratings-v1', { ports: { 9080: 1003 } }),
    pod('reviews-v3', { ports: { 9080: 1004 } }),
  ];
  expect(endpoints('{ selector: { app: reviews }, ports: [{ port: 9080 }] }', pods)).toEqual([
    '9080:reviews-v1:1001',
  ]);
  expect(endpoints('{ selector: { app: reviews, version: v2 }, ports: [{ port: 9080 }] }', pods)).toEqual([]);
});

test('the port of a Service maps to its targetPort, and that to the real port of the pod', () => {
  const pods = [inShop('reviews-v1', { ports: { 9080: 1001, 9443: 1002 } })];
  expect(
    endpoints(
      '{ selector: { app: reviews }, ports: [{ port: 80, targetPort: 9080 }, { port: 9443 }] }',
      pods,
    ),
  ).toEqual(['80:reviews-v1:1001', '9443:reviews-v1:1002']);
});

test('a pod without the targetPort is not an endpoint', () => {
  expect(
    endpoints('{ selector: { app: reviews }, ports: [{ port: 8080 }] }', [inShop('reviews-v1')]),
  ).toEqual([]);
});

test.each(['', 'selector: {}, '])('without a selector a Service has no pods (%j)', (selector) => {
  expect(endpoints(`{ ${selector}ports: [{ port: 9080 }] }`, [inShop('reviews-v1')])).toEqual([]);
});
