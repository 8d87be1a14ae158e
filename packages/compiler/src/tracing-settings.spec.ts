import { expect, test } from 'vitest';
import { INGRESS, SIDECAR } from '@bookinfo/rules/testing';
import { tableOf } from './testing/bookinfo-mesh.js';

const telemetry = (spec: string, name = 'a', namespace = 'default'): string => `---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const sampling = (percentage: number, name?: string, namespace?: string): string =>
  telemetry(`{ tracing: [{ randomSamplingPercentage: ${percentage} }] }`, name, namespace);
const REVIEWS = { ...SIDECAR, labels: { app: 'reviews' } };

test('without a Telemetry the table has no settings', () => {
  expect(tableOf('').tracing).toBeUndefined();
  expect(tableOf(telemetry('{ accessLogging: [] }')).tracing).toBeUndefined();
});

test('a Telemetry of the root namespace is for all proxies, one of another for those of its namespace', () => {
  const rules = sampling(1, 'root', 'istio-system') + sampling(2);
  expect(tableOf(rules).tracing).toEqual({ randomSamplingPercentage: 2 });
  expect(tableOf(rules, { ...SIDECAR, namespace: 'shop' }).tracing).toEqual({ randomSamplingPercentage: 1 });
  expect(tableOf(rules, INGRESS).tracing).toEqual({ randomSamplingPercentage: 1 });
});

test('the one that selects the workload comes last, and changes only what it has', () => {
  const rules =
    telemetry(
      '{ selector: { matchLabels: { app: reviews } }, tracing: [{ disableSpanReporting: true }] }',
      'z',
    ) + sampling(5);
  expect(tableOf(rules, REVIEWS).tracing).toEqual({ isDisabled: true, randomSamplingPercentage: 5 });
  expect(tableOf(rules, { ...SIDECAR, labels: { app: 'details' } }).tracing).toEqual({
    randomSamplingPercentage: 5,
  });
});

test('of two for one level the older counts', () => {
  expect(tableOf(sampling(1) + sampling(2, 'b')).tracing).toEqual({ randomSamplingPercentage: 1 });
});

test('custom tags are replaced as a whole', () => {
  const rules =
    telemetry('{ tracing: [{ customTags: { root: { literal: { value: a } } } }] }', 'root', 'istio-system') +
    telemetry(
      '{ tracing: [{ customTags: { user: { header: { name: End-User, defaultValue: none } }, zone: { environment: { name: ZONE } } } }] }',
    );
  expect(tableOf(rules).tracing?.customTags).toEqual([
    { tag: 'user', kind: 'header', name: 'end-user', defaultValue: 'none' },
    { tag: 'zone', kind: 'environment', name: 'ZONE', defaultValue: '' },
  ]);
});
