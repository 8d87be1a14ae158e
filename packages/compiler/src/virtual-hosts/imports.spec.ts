import { expect, test } from 'vitest';
import { SIDECAR } from '@bookinfo/rules/testing';
import { outcomeOf, tableOf } from '../testing/bookinfo-mesh.js';

const ALL = 'reviews-v1 reviews-v2 reviews-v3';
const REVIEWS = 'reviews.default.svc.cluster.local';

const sidecar = (spec: string, name = 'default', namespace = 'default'): string => `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const egress = (hosts: string): string => `egress: [{ hosts: ${hosts} }]`;
const BLOCK = 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }';
/** A Sidecar whose clients get 502 for all that it does not import. */
const importing = (hosts: string): string => sidecar(`{ ${egress(hosts)}, ${BLOCK} }`);
const rule = (host: string, namespace = 'default', action = 'directResponse: { status: 222 }'): string => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: rule, namespace: ${namespace} }
spec: { hosts: ['${host}'], http: [{ ${action} }] }
`;
const ENTRY = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: [api.example.com], resolution: DNS, ports: [{ number: 9080, name: http, protocol: HTTP }] }
`;

test.each([
  ["['*/*']", ALL],
  ["['./*']", ALL],
  ["['default/*']", ALL],
  [`[./${REVIEWS}]`, ALL],
  ["['*/*.default.svc.cluster.local']", ALL],
  ["[shop/api.example.com, 'default/*.svc.cluster.local']", ALL],
  [`['shop/*']`, 'blocked'],
  [`[shop/${REVIEWS}]`, 'blocked'],
  ['[default/ratings.default.svc.cluster.local]', 'blocked'],
  ["['*/*.example.com']", 'blocked'],
  ["['~/*']", 'blocked'],
])('a client that imports %s gets from reviews: %s', (hosts, outcome) => {
  expect(outcomeOf(tableOf(importing(hosts)))).toBe(outcome);
});

test('a ServiceEntry is imported from its namespace', () => {
  const authority = 'api.example.com';
  expect(outcomeOf(tableOf(ENTRY + importing("['shop/*']")), { authority })).toBe('api.example.com');
  expect(outcomeOf(tableOf(ENTRY + importing("['./*']")), { authority })).toBe('blocked');
});

test('a VirtualService is imported by its own namespace, not by that of its host', () => {
  const rules = rule(REVIEWS, 'shop');
  expect(outcomeOf(tableOf(rules + importing("['./*']")))).toBe(ALL);
  expect(outcomeOf(tableOf(rules + importing("['./*', 'shop/*']")))).toBe('direct-response');
  expect(outcomeOf(tableOf(rules + importing(`['./*', shop/${REVIEWS}]`)))).toBe('direct-response');
  expect(outcomeOf(tableOf(rules + importing("['./*', shop/ratings.default.svc.cluster.local]")))).toBe(ALL);
});

test('a VirtualService for a wildcard is imported with one host that it covers', () => {
  const rules = rule('*.default.svc.cluster.local', 'shop');
  expect(outcomeOf(tableOf(rules + importing(`['./*', shop/${REVIEWS}]`)))).toBe('direct-response');
});

test('a rule that is imported sends to Services that are not', () => {
  const rules = rule(REVIEWS, 'default', 'route: [{ destination: { host: ratings } }]');
  expect(outcomeOf(tableOf(rules + importing(`[./${REVIEWS}]`)))).toBe('ratings-v1');
});

test('HTTPRoutes are imported by their own namespace', () => {
  const route = `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: reviews }
spec: { parentRefs: [{ group: '', kind: Service, name: reviews }], rules: [{ backendRefs: [{ name: ratings, port: 9080 }] }] }
`;
  const client = { ...SIDECAR, namespace: 'shop' };
  const outcome = (hosts: string) =>
    outcomeOf(tableOf(route + sidecar(`{ ${egress(hosts)} }`, 'default', 'shop'), client), {
      authority: REVIEWS,
    });
  expect(outcome("['default/*']")).toBe('ratings-v1');
  expect(outcome("['*/*.example.com']")).toBe(ALL);
});

test('a Service that is not imported is called by its address under ALLOW_ANY, without rules and retries', () => {
  const table = tableOf(rule('reviews') + sidecar(`{ ${egress("['~/*']")} }`));
  for (const authority of ['reviews', 'reviews.default', REVIEWS])
    expect(outcomeOf(table, { authority }, () => 0)).toBe(ALL);
  const [, , host] = table.routeConfigurations.get(9080)?.[0]?.virtualHosts ?? [];
  expect(host?.routes).toMatchObject([
    { name: 'passthrough', action: { timeoutMs: 0, retryPolicy: { numRetries: 0 } } },
  ]);
});

test('a name of a Service that is not imported belongs to an imported rule that covers it', () => {
  const rules = rule("*.default.svc.cluster.local', 'api.example.com") + ENTRY;
  const table = tableOf(rules + sidecar(`{ ${egress("['shop/*', './api.example.com']")} }`));
  expect(outcomeOf(table, { authority: REVIEWS })).toBe('direct-response');
  expect(outcomeOf(table, { authority: 'reviews' })).toBe(ALL);
});

test('the policy of a Sidecar comes before that of the mesh', () => {
  const authority = 'unknown.example.com';
  const registryOnly = { outboundTrafficPolicy: 'REGISTRY_ONLY' } as const;
  const outcome = (spec: string) =>
    outcomeOf(tableOf(sidecar(spec), SIDECAR, [], registryOnly), { authority });
  expect(outcome('{ outboundTrafficPolicy: { mode: ALLOW_ANY } }')).toBe('passthrough');
  expect(outcome(`{ ${egress("['./*']")} }`)).toBe('blocked');
  expect(outcomeOf(tableOf(sidecar('{ outboundTrafficPolicy: {} }')), { authority })).toBe('blocked');
});

const SELECTING = sidecar(
  `{ workloadSelector: { labels: { app: productpage } }, ${egress("['./*']")}, ${BLOCK} }`,
  'selecting',
);
const OF_NAMESPACE = sidecar(`{ ${egress("['~/*']")}, ${BLOCK} }`, 'all');
const OF_ROOT = sidecar(`{ ${egress(`[./${REVIEWS}]`)}, ${BLOCK} }`, 'root', 'istio-system');

/** Returns the outcomes of requests to reviews and ratings. */
function outcomes(rules: string, client = SIDECAR): string[] {
  return ['reviews', 'ratings'].map((authority) => outcomeOf(tableOf(rules, client), { authority }));
}

test('the Sidecar whose selector matches comes before that of the namespace, and that before the one of the root', () => {
  const other = { ...SIDECAR, labels: { app: 'other' } };
  const everything = OF_NAMESPACE + SELECTING + OF_ROOT;
  expect(outcomes(everything)).toEqual([ALL, 'ratings-v1']);
  expect(outcomes(everything, other)).toEqual(['blocked', 'blocked']);
  expect(outcomes(SELECTING + OF_ROOT, other)).toEqual([ALL, 'blocked']);
  expect(outcomes(SELECTING, other)).toEqual([ALL, 'ratings-v1']);
});

test('the first Sidecar of a namespace applies', () => {
  const rules = importing("['./*']") + sidecar(`{ ${egress("['~/*']")}, ${BLOCK} }`, 'second');
  expect(outcomeOf(tableOf(rules))).toBe(ALL);
});

test('gateways have no Sidecar', () => {
  const gateway = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: all, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bound, namespace: istio-system }
spec: { hosts: ['*'], gateways: [all], http: [{ route: [{ destination: { host: ${REVIEWS} } }] }] }
`;
  const client = { kind: 'gateway', namespace: 'istio-system', labels: { istio: 'ingressgateway' } } as const;
  const rules = gateway + sidecar(`{ ${egress("['~/*']")} }`, 'root', 'istio-system');
  expect(outcomeOf(tableOf(rules, client), { authority: 'any.com' })).toBe(ALL);
});
