import { describe, expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG, type Model, modelOf, type Resource } from '@bookinfo/rules';
import { INGRESS, pod, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';
import { compile } from './compile.js';
import { Compiler } from './compiler.js';
import { routesOf } from './testing/bookinfo-mesh.js';

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
const pods = [pod('reviews-v1'), pod('ratings-v1')];
const REVIEWS = service('reviews');
const [, VIRTUAL_SERVICE = '', DESTINATION_RULE = ''] = REVIEWS.split('---');
const before = modelWith(resourcesOf([REVIEWS, service('ratings')].join('---')));

function modelWith(resources: readonly Resource[], ready = pods, previous?: Model): Model {
  return modelOf(resources, ready, DEFAULT_MESH_CONFIG, previous);
}

/** Returns the model after one resource was applied. */
function applied(yaml: string): Model {
  const [changed] = resourcesOf(yaml);
  const resources = before.resources.map((each) =>
    changed && each.kind === changed.kind && each.metadata.name === changed.metadata.name ? changed : each,
  );
  return modelWith(resources, pods, before);
}

/** Returns the tables of a sidecar before and after a change. */
function tables(after: Model) {
  const compiler = new Compiler(before);
  const old = compiler.tableFor(SIDECAR);
  compiler.update(after);
  return { old, table: compiler.tableFor(SIDECAR) };
}

test('a changed VirtualService is compiled again, other routes and all clusters are reused', () => {
  const { old, table } = tables(applied(VIRTUAL_SERVICE.replace('timeout: 1s', 'timeout: 2s')));
  expect(routesOf(table, 'reviews')[0]?.action).toMatchObject({ timeoutMs: 2000 });
  expect(routesOf(table, 'ratings')).toBe(routesOf(old, 'ratings'));
  expect(table.clusters).toBe(old.clusters);
});

test('a changed DestinationRule changes the clusters, and routes are reused', () => {
  const { old, table } = tables(
    applied(
      DESTINATION_RULE.replace('trafficPolicy: {', '$& connectionPool: { tcp: { maxConnections: 1 } },'),
    ),
  );
  const [cluster] = [...table.clusters.values()];
  expect(cluster?.circuitBreakers.maxConnections).toBe(1);
  expect(routesOf(table, 'reviews')).toBe(routesOf(old, 'reviews'));
});

test('a changed hash changes the routes to its cluster', () => {
  const { old, table } = tables(applied(DESTINATION_RULE.replace('useSourceIp: true', 'httpHeaderName: a')));
  expect(routesOf(table, 'reviews')[0]?.action).toMatchObject({
    hashPolicies: [{ kind: 'header', name: 'a' }],
  });
  expect(routesOf(old, 'reviews')[0]?.action).toMatchObject({ hashPolicies: [{ kind: 'source-ip' }] });
});

test('pods that start and stop change the endpoints of clusters', () => {
  const compiler = new Compiler(before);
  const endpoints = [pods, pods.slice(1), pods].map((ready) => {
    compiler.update(modelWith(before.resources, ready, before));
    return Array.from(compiler.tableFor(SIDECAR).clusters.values(), (cluster) => cluster.endpoints.length);
  });
  expect(endpoints).toEqual([
    [1, 1],
    [0, 1],
    [1, 1],
  ]);
});

describe('the table after a change is the one that a new compilation gives', () => {
  const changes = {
    'a VirtualService': applied(VIRTUAL_SERVICE.replace('timeout: 1s', 'timeout: 2s')),
    'a hash': applied(DESTINATION_RULE.replace('useSourceIp: true', 'httpHeaderName: a')),
    'a Service that is gone': modelWith(before.resources.slice(1), pods, before),
    'a pod that is gone': modelWith(before.resources, pods.slice(1), before),
    'the version of Istio': { ...before, meshConfig: { ...DEFAULT_MESH_CONFIG, istioVersion: '1.20' } },
  };
  test.each(Object.entries(changes))('%s', (_, after) => {
    const compiler = new Compiler(before);
    for (const client of [SIDECAR, INGRESS]) compiler.tableFor(client);
    compiler.update(after);
    for (const client of [SIDECAR, INGRESS])
      expect(compiler.tableFor(client)).toEqual(compile(after, client));
  });
});

test('clients of one class share a table', () => {
  const compiler = new Compiler(before);
  const v1 = compiler.tableFor({ ...SIDECAR, labels: { app: 'reviews', version: 'v1' } });
  expect(compiler.tableFor({ ...SIDECAR, labels: { app: 'reviews', version: 'v2' } })).toBe(v1);
});

test('a new Sidecar changes the table, and its removal restores it', () => {
  const [sidecar] = resourcesOf(
    "apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: a }\nspec: { egress: [{ hosts: ['~/*'] }] }",
  );
  const after = modelWith([...before.resources, ...(sidecar ? [sidecar] : [])], pods, before);
  const { old, table } = tables(after);
  expect(routesOf(table, 'reviews')).not.toEqual(routesOf(old, 'reviews'));
  expect(table).toEqual(compile(after, SIDECAR));
  const compiler = new Compiler(after);
  compiler.tableFor(SIDECAR);
  compiler.update(before);
  expect(compiler.tableFor(SIDECAR)).toEqual(old);
});
