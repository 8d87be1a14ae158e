import { expect, test } from 'vitest';
import { outcomeOf, tableOf } from '../testing/bookinfo-mesh.js';
import { resourcesOf } from '@bookinfo/rules/testing';
import { formatProblem, conversionText, convert } from '@bookinfo/rules';

const resource = (kind: string, name: string, spec: string): string => `
apiVersion: config.istio.io/v1alpha2
kind: ${kind}
metadata: { name: ${name} }
spec: ${spec}
---
`;
const policy = (name: string, labels: string, loadBalancing: string) =>
  resource(
    'DestinationPolicy',
    name,
    `{ destination: { name: reviews, labels: ${labels} }, loadBalancing: { name: ${loadBalancing} } }`,
  );
const route = 'route: [{ labels: { version: v1 }, weight: 50 }, { labels: { version: v2 }, weight: 50 }]';
const routeRule = resource('RouteRule', 'r', `{ destination: { name: reviews }, ${route} }`);
const breaker = (name: string, labels: string, simpleCb: string) =>
  resource(
    'DestinationPolicy',
    name,
    `{ destination: { name: reviews, labels: ${labels} }, circuitBreaker: { simpleCb: ${simpleCb} } }`,
  );

/** Returns the load balancing policy of reviews, by subset. */
function balancing(...rules: string[]): Record<string, string> {
  const clusters = [...tableOf(rules.join('')).clusters.values()].filter(({ name }) =>
    name.includes('|reviews.'),
  );
  return Object.fromEntries(clusters.map(({ name, lbPolicy }) => [name.split('|')[2] ?? '', lbPolicy.kind]));
}

test('a DestinationPolicy is for all pods, or for just those of its labels', () => {
  expect(balancing(routeRule, policy('a', '{}', 'RANDOM'))).toMatchObject({
    '': 'RANDOM',
    'version-v1': 'ROUND_ROBIN',
    'version-v2': 'ROUND_ROBIN',
  });
  expect(balancing(routeRule, policy('a', '{ version: v1 }', 'LEAST_CONN'))).toMatchObject({
    '': 'LEAST_REQUEST',
    'version-v1': 'LEAST_REQUEST',
    'version-v2': 'ROUND_ROBIN',
  });
});

test('of two DestinationPolicies for the same pods the first by name applies', () => {
  const rules = [policy('b', '{}', 'RANDOM'), policy('a', '{}', 'ROUND_ROBIN')];
  expect(balancing(...rules)['']).toBe('ROUND_ROBIN');
  expect(convert(resourcesOf(rules.join(''))).warnings.map(formatProblem)).toEqual([
    'rules.yaml:2: this policy has no effect: DestinationPolicy/default/a applies to the same pods',
  ]);
});

test('a circuit breaker limits connections and ejects failing pods, for just its labels', () => {
  const table = tableOf(
    routeRule +
      breaker('a', '{}', '{ maxConnections: 7 }') +
      breaker(
        'b',
        '{ version: v1 }',
        '{ httpMaxPendingRequests: 1, httpMaxRequestsPerConnection: 2, httpConsecutiveErrors: 3, sleepWindow: 4s, httpDetectionInterval: 5s, httpMaxEjectionPercent: 60 }',
      ),
  );
  const cluster = (subset: string) =>
    table.clusters.get(`outbound|9080|${subset}|reviews.default.svc.cluster.local`);
  expect(cluster('')).toMatchObject({
    circuitBreakers: { maxConnections: 7, maxPendingRequests: 1024, maxRequests: 1024, maxRetries: 3 },
    outlierDetection: {
      consecutive5xx: 5,
      intervalMs: 10_000,
      baseEjectionTimeMs: 30_000,
      maxEjectionPercent: 10,
      minHealthPercent: 50,
    },
  });
  expect(cluster('version-v1')).toMatchObject({
    circuitBreakers: { maxConnections: 1024, maxPendingRequests: 1 },
    maxRequestsPerConnection: 2,
    outlierDetection: {
      consecutive5xx: 3,
      intervalMs: 5000,
      baseEjectionTimeMs: 4000,
      maxEjectionPercent: 60,
    },
  });
  const { circuitBreakers, outlierDetection } = cluster('version-v2') ?? {};
  expect(circuitBreakers?.maxConnections).toBe(2 ** 32 - 1);
  expect(outlierDetection?.consecutive5xx ?? 0).toBe(0);
});

test('a converted circuit breaker has the same effect', () => {
  const rules =
    routeRule + breaker('a', '{}', '{ maxConnections: 7 }') + breaker('b', '{ version: v1 }', '{}');
  const { clusters } = tableOf(conversionText(convert(resourcesOf(rules))));
  expect(clusters).toEqual(tableOf(rules).clusters);
});

test('an EgressRule lets requests out to its host, and RouteRules apply to it', () => {
  const egress = (service: string) =>
    resource(
      'EgressRule',
      'out',
      `{ destination: { service: ${service} }, ports: [{ port: 80, protocol: http }] }`,
    );
  const asked = { port: 80, authority: 'books.example.com' };
  const registryOnly = { outboundTrafficPolicy: 'REGISTRY_ONLY' } as const;
  const outcome = (rules: string) => outcomeOf(tableOf(rules, undefined, undefined, registryOnly), asked);
  expect(outcome('')).toBe('blocked');
  expect(outcome(egress('books.example.com'))).toBe('no pod');
  expect(outcome(egress("'*.example.com'"))).toBe('no pod');
  const fault = 'httpFault: { abort: { percent: 100, httpStatus: 555 } }';
  const rule = resource('RouteRule', 'r', `{ destination: { service: books.example.com }, ${fault} }`);
  expect(outcome(egress('books.example.com') + rule)).toBe('abort 555');
});
