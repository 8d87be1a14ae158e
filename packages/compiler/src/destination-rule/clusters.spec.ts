import { expect, test } from 'vitest';
import { pod, resourcesOf } from '@bookinfo/rules/testing';
import { buildRegistry, DEFAULT_MESH_CONFIG, type Labels } from '@bookinfo/rules';
import { compileClusters } from './clusters.js';
import { DestinationRules } from './destination-rule.js';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: reviews }
spec: { selector: { app: reviews }, ports: [{ port: 9080 }] }
`;
const rule = (spec: string, name = 'reviews', namespace = 'default'): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const pods = ['reviews-v1', 'reviews-v2', 'reviews-v3'].map((name, index) =>
  pod(name, { ports: { 9080: 1001 + index } }),
);

function clusters(rules: string[], clientNamespace = 'default', labels: Labels = {}): Record<string, string> {
  const resources = resourcesOf([SERVICE, ...rules].join('---'));
  const destinationRules = resources.filter((resource) => resource.kind === 'DestinationRule');
  const { clusters: compiled } = compileClusters(
    buildRegistry(resources, pods).services,
    [],
    new DestinationRules(destinationRules, { kind: 'sidecar', namespace: clientNamespace, labels }),
    DEFAULT_MESH_CONFIG.istioVersion,
  );
  return Object.fromEntries(
    [...compiled.values()].map(({ name, lbPolicy, endpoints }) => [
      name.replace('.default.svc.cluster.local', ''),
      [lbPolicy.kind, ...endpoints.map((endpoint) => endpoint.port)].join(' '),
    ]),
  );
}

const subsets = (clientNamespace: string, rules: string[]): string[] =>
  Object.keys(clusters(rules, clientNamespace)).map((name) => name.split('|')[2] ?? '');

test('a Service without a DestinationRule is one cluster, balanced by least requests', () => {
  expect(clusters([])).toEqual({ 'outbound|9080||reviews': 'LEAST_REQUEST 1001 1002 1003' });
});

test('a subset is the pods with its labels; one without labels is all of them', () => {
  expect(
    clusters([
      rule(
        '{ host: reviews, subsets: [{ name: v2, labels: { version: v2 } }, { name: any }, { name: none, labels: { version: v9 } }] }',
      ),
    ]),
  ).toEqual({
    'outbound|9080||reviews': 'LEAST_REQUEST 1001 1002 1003',
    'outbound|9080|v2|reviews': 'LEAST_REQUEST 1002',
    'outbound|9080|any|reviews': 'LEAST_REQUEST 1001 1002 1003',
    'outbound|9080|none|reviews': 'LEAST_REQUEST',
  });
});

test('the load balancer of a subset overrides that of its host', () => {
  expect(
    clusters([
      rule(`{ host: reviews, trafficPolicy: { loadBalancer: { simple: RANDOM } }, subsets: [
        { name: a }, { name: b, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } } },
        { name: c, trafficPolicy: { loadBalancer: { simple: LEAST_CONN } } }] }`),
    ]),
  ).toEqual({
    'outbound|9080||reviews': 'RANDOM 1001 1002 1003',
    'outbound|9080|a|reviews': 'RANDOM 1001 1002 1003',
    'outbound|9080|b|reviews': 'ROUND_ROBIN 1001 1002 1003',
    'outbound|9080|c|reviews': 'LEAST_REQUEST 1001 1002 1003',
  });
});

test('two DestinationRules for one host are merged: all subsets, the older of equal names, the oldest trafficPolicy', () => {
  expect(
    clusters([
      rule('{ host: reviews, subsets: [{ name: a, labels: { version: v1 } }] }', 'first'),
      rule(
        `{ host: reviews, trafficPolicy: { loadBalancer: { simple: RANDOM } }, subsets: [
          { name: a, labels: { version: v2 } }, { name: b, labels: { version: v3 } }] }`,
        'second',
      ),
      rule('{ host: reviews, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } } }', 'third'),
    ]),
  ).toEqual({
    'outbound|9080||reviews': 'RANDOM 1001 1002 1003',
    'outbound|9080|a|reviews': 'RANDOM 1001',
    'outbound|9080|b|reviews': 'RANDOM 1003',
  });
});

test('the most specific host wins, and rules for less specific hosts do not add to it', () => {
  expect(
    clusters([
      rule('{ host: "*.local", subsets: [{ name: wide }] }', 'wide'),
      rule('{ host: "*.default.svc.cluster.local", subsets: [{ name: narrow }] }', 'narrow'),
    ]),
  ).toEqual({
    'outbound|9080||reviews': 'LEAST_REQUEST 1001 1002 1003',
    'outbound|9080|narrow|reviews': 'LEAST_REQUEST 1001 1002 1003',
  });
});

test("the rules of the client's namespace come before those of the Service's, and both before the root's", () => {
  const host = 'reviews.default.svc.cluster.local';
  const rules = [
    rule(`{ host: ${host}, subsets: [{ name: root }] }`, 'root', 'istio-system'),
    rule(`{ host: ${host}, subsets: [{ name: client }] }`, 'client', 'shop'),
  ];
  const own = rule('{ host: reviews, subsets: [{ name: own }] }', 'own');
  expect(subsets('shop', [...rules, own])).toEqual(['', 'client']);
  expect(subsets('elsewhere', [...rules, own])).toEqual(['', 'own']);
  expect(subsets('elsewhere', rules)).toEqual(['', 'root']);
});

const BALANCED_BY = (simple: string): string => `loadBalancer: { simple: ${simple} }`;
const settings = (port: number, block: string): string =>
  `portLevelSettings: [{ port: { number: ${port} }, ${block} }]`;

test('settings of a port replace the whole policy that contains them, and those of the host do not apply to a subset with its own', () => {
  const host = `{ ${BALANCED_BY('RANDOM')}, ${settings(9080, BALANCED_BY('ROUND_ROBIN'))} }`;
  expect(
    clusters([
      rule(`{ host: reviews, trafficPolicy: ${host}, subsets: [
        { name: none }, { name: other, trafficPolicy: { ${settings(1, BALANCED_BY('RANDOM'))} } },
        { name: own, trafficPolicy: { ${BALANCED_BY('RANDOM')} } },
        { name: port, trafficPolicy: { ${BALANCED_BY('RANDOM')}, portLevelSettings: [{ port: { number: 9080 }, connectionPool: { tcp: {} } }] } }] }`),
    ]),
  ).toEqual({
    'outbound|9080||reviews': 'ROUND_ROBIN 1001 1002 1003',
    'outbound|9080|none|reviews': 'ROUND_ROBIN 1001 1002 1003',
    'outbound|9080|other|reviews': 'ROUND_ROBIN 1001 1002 1003',
    'outbound|9080|own|reviews': 'RANDOM 1001 1002 1003',
    'outbound|9080|port|reviews': 'LEAST_REQUEST 1001 1002 1003',
  });
});

test("PASSTHROUGH goes to the Service's own address, which any pod may serve", () => {
  const spec = `{ host: reviews, trafficPolicy: { ${BALANCED_BY('PASSTHROUGH')} }, subsets: [
    { name: v2, labels: { version: v2 } }] }`;
  expect(clusters([rule(spec)])).toEqual({
    'outbound|9080||reviews': 'RANDOM 1001 1002 1003',
    'outbound|9080|v2|reviews': 'RANDOM 1001 1002 1003',
  });
});

test.each(['UNSPECIFIED', 'LEAST_CONN'])('%s is another name of least requests', (simple) => {
  expect(clusters([rule(`{ host: reviews, trafficPolicy: { ${BALANCED_BY(simple)} } }`)])).toEqual({
    'outbound|9080||reviews': 'LEAST_REQUEST 1001 1002 1003',
  });
});

const REVIEWS = 'reviews.default.svc.cluster.local';
const exported = (subset: string, namespace: string, exportTo: string): string =>
  rule(`{ host: ${REVIEWS}, exportTo: ${exportTo}, subsets: [{ name: ${subset} }] }`, subset, namespace);

test('a rule applies to the namespaces that it is exported to; private rules apply to their own only', () => {
  const own = exported('own', 'default', '[.]');
  const named = exported('named', 'default', '[shop]');
  const root = exported('root', 'istio-system', '["*"]');
  expect(subsets('default', [own, named, root])).toEqual(['', 'own']);
  expect(subsets('shop', [own, named, root])).toEqual(['', 'named']);
  expect(subsets('elsewhere', [own, named, root])).toEqual(['', 'root']);
});

test('for clients of the root namespace its public rules come after those of the Service, its private ones before', () => {
  const service = exported('service', 'default', '[]');
  const root = exported('root', 'istio-system', '[]');
  expect(subsets('istio-system', [service, root])).toEqual(['', 'service']);
  expect(subsets('istio-system', [service, exported('private', 'istio-system', '[.]')])).toEqual([
    '',
    'private',
  ]);
});

test('rules that are exported differently are not merged, unless the younger one reaches more', () => {
  const first = exported('first', 'default', '[shop]');
  expect(subsets('shop', [first, exported('second', 'default', '[other]')])).toEqual(['', 'first']);
  expect(subsets('shop', [first, exported('second', 'default', '[shop]')])).toEqual(['', 'first', 'second']);
  expect(subsets('shop', [first, exported('second', 'default', '[shop, other]')])).toEqual(['', 'second']);
  expect(subsets('shop', [first, exported('second', 'default', '["*"]')])).toEqual(['', 'second']);
});

test('a rule with a workloadSelector applies to the clients that it selects, beside one without', () => {
  const selecting = (app: string, subset: string): string =>
    rule(
      `{ host: ${REVIEWS}, workloadSelector: { matchLabels: { app: ${app} } }, subsets: [{ name: ${subset} }] }`,
      app,
    );
  const rules = [
    selecting('a', 'of-a'),
    selecting('b', 'of-b'),
    rule(`{ host: ${REVIEWS}, subsets: [{ name: all }] }`),
  ];
  const seenBy = (labels: Labels, namespace = 'default'): string[] =>
    Object.keys(clusters(rules, namespace, labels)).map((name) => name.split('|')[2] ?? '');
  expect(seenBy({ app: 'a' })).toEqual(['', 'of-a', 'all']);
  expect(seenBy({ app: 'b' })).toEqual(['', 'of-b', 'all']);
  expect(seenBy({ app: 'c' })).toEqual(['', 'all']);
  expect(seenBy({ app: 'a' }, 'shop')).toEqual(['', 'all']);
});
