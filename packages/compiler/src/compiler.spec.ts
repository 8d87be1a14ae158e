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

const virtualServiceOf = (name: string, spec: string): string =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name} }, spec: { ${spec} } }`;

describe('the table after each change of rules in turn is the one that a new compilation gives', () => {
  const route = 'route: [{ destination: { host: reviews } }]';
  const others = [
    REVIEWS.split('---')[0],
    virtualServiceOf('second', `hosts: [reviews], http: [{ timeout: 9s, ${route} }]`),
    virtualServiceOf('leaf', `http: [{ timeout: 8s, ${route} }]`),
    virtualServiceOf('outside', `hosts: [example.com], http: [{ timeout: 7s, ${route} }]`),
    '{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: front }, spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] } }',
  ];
  const specs = {
    plain: `hosts: [reviews], http: [{ ${route} }]`,
    'with another timeout': `hosts: [reviews], http: [{ timeout: 1s, ${route} }]`,
    'with two rules': `hosts: [reviews], http: [{ match: [{ uri: { exact: /a } }], ${route} }, { ${route} }]`,
    'without a rule for sidecars': `hosts: [reviews], http: [{ match: [{ gateways: [front] }], ${route} }]`,
    'with a rule for another client': `hosts: [reviews], http: [{ match: [{ sourceLabels: { app: x } }], ${route} }]`,
    'plain again': `hosts: [reviews], http: [{ ${route} }]`,
    'for another host': `hosts: [ratings], http: [{ ${route} }]`,
    'for two hosts': `hosts: [ratings, reviews], http: [{ ${route} }]`,
    'for another namespace': `hosts: [reviews], exportTo: [other], http: [{ ${route} }]`,
    'before it delegates': `hosts: [reviews], http: [{ ${route} }]`,
    'that delegates': 'hosts: [reviews], http: [{ delegate: { name: leaf } }]',
    'that delegates with a match':
      'hosts: [reviews], http: [{ match: [{ uri: { prefix: /b } }], delegate: { name: leaf } }]',
    'at a gateway': `hosts: [reviews], gateways: [front], http: [{ ${route} }]`,
    'at a gateway, with another timeout': `hosts: [reviews], gateways: [front], http: [{ timeout: 2s, ${route} }]`,
    'at a gateway and in the mesh': `hosts: [reviews], gateways: [front, mesh], http: [{ ${route} }]`,
    'at a gateway and in the mesh, with another timeout': `hosts: [reviews], gateways: [front, mesh], http: [{ timeout: 3s, ${route} }]`,
  };
  const otherResources = resourcesOf(others.join('\n---\n'));
  const modelOfFirst = (spec: string, name = 'first'): Model =>
    modelWith([...resourcesOf(virtualServiceOf(name, spec)), ...otherResources]);
  const [changedLeaf] = resourcesOf(virtualServiceOf('leaf', `http: [{ ${route} }]`));
  const delegating = modelOfFirst(specs['that delegates']);
  const models: [string, Model][] = [
    ...Object.entries(specs).map(([name, spec]): [string, Model] => [name, modelOfFirst(spec)]),
    ['plain, once more', modelOfFirst(specs.plain)],
    ['in another namespace', modelOfFirst(specs.plain, 'first, namespace: other')],
    ['that delegates once more', delegating],
    [
      'that delegates to changed rules',
      modelWith(
        delegating.written.map((each) => (changedLeaf && each.metadata.name === 'leaf' ? changedLeaf : each)),
      ),
    ],
  ];
  const [, { registry }] = models[0]!;
  const compiler = new Compiler(before);
  test.each([...models, ...models.toReversed()])('%s', (_, model) => {
    const after = { ...model, registry };
    compiler.update(after);
    for (const client of [SIDECAR, INGRESS])
      expect(compiler.tableFor(client)).toEqual(compile(after, client));
  });
});

test('a change of rules keeps the virtual hosts of all other resources', () => {
  const { old, table } = tables(applied(VIRTUAL_SERVICE.replace('timeout: 1s', 'timeout: 2s')));
  const [one, other] = [old, table].map((each) => each.routeConfigurations.get(9080)![0]!.virtualHosts);
  expect(other!.filter((virtualHost) => !one!.includes(virtualHost)).map(({ name }) => name)).toEqual([
    'reviews.default.svc.cluster.local:9080',
  ]);
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
