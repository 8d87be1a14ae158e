import { expect, test } from 'vitest';
import { INGRESS, resourcesOf } from '@bookinfo/rules/testing';
import type { Client } from '@bookinfo/rules';
import { ClientClasses } from './client-classes.js';

const sidecar = (app: string, version: string, namespace = 'default'): Client => ({
  kind: 'sidecar',
  namespace,
  labels: { version, app },
});
const rule = (match: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ match: [${match}], route: [{ destination: { host: reviews } }] }] }
`;
const v1 = sidecar('reviews', 'v1');
const v2 = sidecar('reviews', 'v2');

/** Returns the representatives of two clients in a mesh with this one rule. */
function representatives(match: string, one: Client, other: Client): string[] {
  const classes = new ClientClasses(resourcesOf(rule(match)));
  return [one, other].map((client) => JSON.stringify(classes.representativeOf(client)));
}

test.each(['{ uri: { exact: /a } }', '{ sourceLabels: { app: reviews } }'])(
  'clients that differ in labels that no rule looks at are one class: %s',
  (match) => {
    const [one, other] = representatives(match, v1, v2);
    expect(one).toBe(other);
  },
);

test.each([
  ['a label of a rule', '{ sourceLabels: { version: v3 } }', v1, v2],
  ['the namespace', '{}', v1, sidecar('reviews', 'v1', 'shop')],
  ['the kind', '{}', { ...INGRESS, kind: 'sidecar' as const }, INGRESS],
  ['a label of a gateway', '{}', { ...INGRESS, labels: { istio: 'other' } }, INGRESS],
])('clients that differ in %s are of different classes', (_, match, one, other) => {
  const [first, second] = representatives(match, one, other);
  expect(first).not.toBe(second);
});

test('the order of labels does not matter', () => {
  const [one, other] = representatives('{ sourceLabels: { app: a, version: v1 } }', v1, {
    ...v1,
    labels: { app: 'reviews', version: 'v1' },
  });
  expect(one).toBe(other);
});

test.each([
  ['networking', 'DestinationRule', '{ host: a, workloadSelector: { matchLabels: { version: v1 } } }'],
  [
    'networking',
    'Sidecar',
    "{ workloadSelector: { labels: { version: v1 } }, egress: [{ hosts: ['./*'] }] }",
  ],
  ['telemetry', 'Telemetry', '{ selector: { matchLabels: { version: v1 } } }'],
])(
  'clients that differ in a label that a resource of %s, a %s, selects by are of different classes',
  (group, kind, spec) => {
    const classes = new ClientClasses(
      resourcesOf(`apiVersion: ${group}.istio.io/v1\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}`),
    );
    expect(classes.representativeOf(v1)).not.toEqual(classes.representativeOf(v2));
  },
);
