import { expect, test } from 'vitest';
import { outcomeOf, resourcesOf, tableOf } from '../../test/bookinfo-mesh.js';
import { problemsOfSpec } from '../../test/problems-of-spec.js';
import { formatProblem } from '../resources/problem.js';
import { convert } from './convert.js';

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

/** How the pods of reviews are balanced, by subset. */
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

test('of two DestinationPolicies for the same pods the first by name counts', () => {
  const rules = [policy('b', '{}', 'RANDOM'), policy('a', '{}', 'ROUND_ROBIN')];
  expect(balancing(...rules)['']).toBe('ROUND_ROBIN');
  expect(convert(resourcesOf(rules.join(''))).warnings.map(formatProblem)).toEqual([
    'rules.yaml:2: nothing follows this policy: DestinationPolicy/default/a is for the same pods',
  ]);
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

test.each([
  ['DestinationPolicy', '{ destination: { name: a } }', 'spec: loadBalancing is needed'],
  [
    'DestinationPolicy',
    '{ destination: { name: a }, source: { name: b }, loadBalancing: { name: RANDOM } }',
    'spec.source is not supported (a DestinationRule, which it becomes, is for all callers)',
  ],
  [
    'EgressRule',
    '{ destination: { service: a.com }, ports: [{ port: 443, protocol: https }] }',
    'spec.ports[0].protocol: "https" is not one of http',
  ],
  [
    'EgressRule',
    '{ destination: { name: a }, ports: [{ port: 80, protocol: http }] }',
    'spec.destination.name is not supported (a host outside is named by service)',
  ],
] as const)('refuses of %s %s', (kind, spec, message) => {
  expect(problemsOfSpec(kind, spec)).toContain(message);
});
