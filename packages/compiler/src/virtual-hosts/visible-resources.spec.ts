import { expect, test } from 'vitest';
import { outcomeOf, tableOf } from '../testing/bookinfo-mesh.js';
import { INGRESS, SIDECAR } from '@bookinfo/rules/testing';
import type { Client } from '@bookinfo/rules';

const HOST = 'reviews.default.svc.cluster.local';
const rule = (name: string, exportTo: string, version: string, namespace = 'default'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  hosts: [${HOST}]
  exportTo: ${exportTo}
  gateways: [mesh, default/front]
  http: [{ route: [{ destination: { host: ${HOST}, subset: ${version} } }] }]
---
`;
const FRONT = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: {}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
`;
const ALL = 'reviews-v1 reviews-v2 reviews-v3';
const OTHER: Client = { ...SIDECAR, namespace: 'other' };
const ask = (rules: string, client: Client): string =>
  outcomeOf(tableOf(FRONT + rules, client), { authority: HOST });

test.each([
  ["['.']", 'reviews-v2', ALL],
  ["['*']", 'reviews-v2', 'reviews-v2'],
  ['[]', 'reviews-v2', 'reviews-v2'],
  ['[default]', 'reviews-v2', ALL],
  ['[other]', ALL, 'reviews-v2'],
  ["['.', other]", 'reviews-v2', 'reviews-v2'],
])('a VirtualService with exportTo %s is %s at home and %s elsewhere', (exportTo, home, elsewhere) => {
  const rules = rule('reviews', exportTo, 'v2');
  expect([ask(rules, SIDECAR), ask(rules, OTHER)]).toEqual([home, elsewhere]);
});

test('of two for one host the one exported to the client alone has precedence over an older one for all', () => {
  const rules = rule('older', "['*']", 'v1') + rule('younger', '[other]', 'v2');
  expect([ask(rules, SIDECAR), ask(rules, OTHER)]).toEqual(['reviews-v1', 'reviews-v2']);
  const own = rules + rule('own', "['.']", 'v3', 'other');
  expect(ask(own, OTHER)).toBe('reviews-v3');
});

test('a gateway has to be in a namespace that the VirtualService is exported to', () => {
  expect(ask(rule('reviews', "['.']", 'v2'), INGRESS)).toBe('route-not-found');
  expect(ask(rule('reviews', '[istio-system]', 'v2'), INGRESS)).toBe('reviews-v2');
});
