import { expect, test } from 'vitest';
import { routesOf } from './testing/bookinfo-mesh.js';
import { pod, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';
import { RegistryBuilder, type Resource, DEFAULT_MESH_CONFIG } from '@bookinfo/rules';
import { compile } from './compile.js';

const service = (name: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 9080 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: [${name}], http: [{ timeout: 1s, route: [{ destination: { host: ${name} } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name} }
spec: { host: ${name}, trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } }
`;
const registries = new RegistryBuilder();
const pods = [pod('reviews-v1'), pod('ratings-v1')];

function tableOf(resources: readonly Resource[], ready = pods) {
  const registry = registries.build(resources, ready);
  return compile({ written: resources, resources, registry, meshConfig: DEFAULT_MESH_CONFIG }, SIDECAR);
}

/** The same, but for what a file with a rule of this name changes. */
function withFile(resources: readonly Resource[], yaml: string): Resource[] {
  const [changed] = resourcesOf(yaml);
  return resources.map((each) =>
    changed && each.kind === changed.kind && each.metadata.name === changed.metadata.name ? changed : each,
  );
}

const REVIEWS = service('reviews');
const before = resourcesOf([REVIEWS, service('ratings')].join('---'));

test('a changed VirtualService compiles anew, the routes of others and all clusters stay what they are', () => {
  const old = tableOf(before);
  const virtualService = REVIEWS.split('---')[1] ?? '';
  const table = tableOf(withFile(before, virtualService.replace('timeout: 1s', 'timeout: 2s')));
  expect(routesOf(table, 'reviews')[0]?.action).toMatchObject({ timeoutMs: 2000 });
  expect(routesOf(table, 'ratings')).toBe(routesOf(old, 'ratings'));
  expect(table.clusters).toBe(old.clusters);
});

test('a changed DestinationRule changes clusters and what routes hash', () => {
  const old = tableOf(before);
  const destinationRule = REVIEWS.split('---')[2] ?? '';
  const table = tableOf(withFile(before, destinationRule.replace('useSourceIp: true', 'httpHeaderName: a')));
  expect(table.clusters).not.toBe(old.clusters);
  expect(routesOf(table, 'reviews')[0]?.action).toMatchObject({
    hashPolicies: [{ kind: 'header', name: 'a' }],
  });
  expect(routesOf(old, 'reviews')[0]?.action).toMatchObject({ hashPolicies: [{ kind: 'source-ip' }] });
});

test('pods that come and go change the clusters', () => {
  const clusters = (ready: typeof pods) =>
    Array.from(tableOf(before, ready).clusters.values(), ({ endpoints }) => endpoints.length);
  expect([clusters(pods), clusters(pods.slice(1)), clusters(pods)]).toEqual([
    [1, 1],
    [0, 1],
    [1, 1],
  ]);
});
