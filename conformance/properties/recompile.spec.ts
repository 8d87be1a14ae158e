import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile, Compiler, INGRESS_GATEWAY } from '@bookinfo/compiler';
import {
  byAge,
  type Client,
  DEFAULT_MESH_CONFIG,
  modelOf,
  parseResources,
  type ResourceStore,
  withoutResources,
  withResources,
} from '@bookinfo/rules';

/** The same changes in every run. */
const SEED = 1;

const service = (name: string, spec: string): string =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { selector: { app: ${name} }, ${spec} } }`;
const rule = (name: string, spec: string): string =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name} }, spec: { ${spec} } }`;
const policy = (spec: string): string =>
  `{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: d }, spec: { host: a, ${spec} } }`;
const httpRoute = (parent: string): string =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: h }, spec: { parentRefs: [{ group: '', kind: Service, name: ${parent} }], rules: [{ backendRefs: [{ name: b, port: 80 }] }] } }`;
const to = (host: string): string => `http: [{ route: [{ destination: { host: ${host} } }] }]`;
const hashBy = (key: string): string => `trafficPolicy: { loadBalancer: { consistentHash: { ${key} } } }`;

/** Variants of few resources, so that changes often meet each other. */
const RESOURCES = [
  service('a', 'ports: [{ port: 80, name: http }]'),
  service('a', 'ports: [{ port: 80, name: tcp }, { port: 9080, name: http }]'),
  service('b', 'ports: [{ port: 80 }, { port: 9080 }]'),
  rule('first', `hosts: [a], ${to('a')}`),
  rule('first', `hosts: [a, b], ${to('b')}`),
  rule('first', `hosts: ['*.local'], ${to('b')}`),
  rule('first', `hosts: [a.example], gateways: [mesh, door], ${to('a')}`),
  rule('second', `hosts: [a], exportTo: ['.'], ${to('b')}`),
  rule('second', `hosts: [b], http: [{ delegate: { name: leaf } }]`),
  rule(
    'second',
    `hosts: [b], http: [{ match: [{ sourceLabels: { app: a } }], ${to('a').slice('http: [{ '.length)}`,
  ),
  rule('leaf', to('a')),
  rule('leaf', to('b')),
  policy(hashBy('useSourceIp: true')),
  policy(hashBy('httpHeaderName: x')),
  policy(`workloadSelector: { matchLabels: { app: b } }, ${hashBy('useSourceIp: true')}`),
  httpRoute('a'),
  httpRoute('b'),
  "{ apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: door }, spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] } }",
].map((text) => parseResources([{ file: 'r.yaml', text }]));

const CLIENTS: readonly Client[] = [
  INGRESS_GATEWAY,
  { kind: 'sidecar', namespace: 'default', labels: { app: 'a' } },
  { kind: 'sidecar', namespace: 'default', labels: { app: 'b' } },
  { kind: 'sidecar', namespace: 'other', labels: { app: 'a' } },
];

const change = fc.record({
  resource: fc.constantFrom(...RESOURCES.flatMap(({ resources }) => resources)),
  /** Most changes keep the resource, so that there are enough to meet. */
  make: fc.constantFrom(withResources, withResources, withResources, withoutResources),
});

test('the variants are valid', () => {
  expect(RESOURCES.flatMap(({ problems }) => problems)).toEqual([]);
});

test('after each change the tables are those that a new compilation gives', () => {
  const property = fc.property(fc.array(change, { minLength: 2, maxLength: 30, size: 'max' }), (changes) => {
    let store: ResourceStore = new Map();
    let model = modelOf([], [], DEFAULT_MESH_CONFIG);
    const compiler = new Compiler(model);
    for (const [time, { resource, make }] of changes.entries()) {
      ({ store } = make(store, [resource], time * 1000));
      model = modelOf(byAge(store), [], DEFAULT_MESH_CONFIG, model);
      compiler.update(model);
      const fresh = modelOf(byAge(store), [], DEFAULT_MESH_CONFIG);
      for (const client of CLIENTS) expect(compiler.tableFor(client)).toEqual(compile(fresh, client));
    }
  });
  fc.assert(property, { seed: SEED, numRuns: 100 });
});
