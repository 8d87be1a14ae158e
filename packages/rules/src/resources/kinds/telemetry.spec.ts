import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';

test.each([
  '{ tracing: [{ randomSamplingPercentage: 0.5 }] }',
  '{ selector: { matchLabels: { app: reviews } }, tracing: [{ disableSpanReporting: true }] }',
  '{ tracing: [{ match: { mode: CLIENT }, customTags: { a: { literal: { value: b } } } }] }',
  '{ tracing: [{ customTags: { user: { header: { name: end-user, defaultValue: none } } } }] }',
  '{ tracing: [{ customTags: { zone: { environment: { name: ZONE } } } }] }',
  '{}',
])('accepts %s', (spec) => {
  expect(problemsOfSpec('Telemetry', spec)).toEqual([]);
  expect(noticesOfSpec('Telemetry', spec)).toEqual([]);
});

test.each([
  [
    '{ tracing: [{ randomSamplingPercentage: 101 }] }',
    'spec.tracing[0].randomSamplingPercentage: 101 is not a number from 0 to 100',
  ],
  [
    '{ tracing: [{ customTags: { a: {} } }] }',
    'spec.tracing[0].customTags.a: one of literal, header and environment is needed',
  ],
  [
    "{ tracing: [{ customTags: { a: { formatter: { value: '%PROTOCOL%' } } } }] }",
    "spec.tracing[0].customTags.a.formatter is not supported (Envoy's commands are not evaluated for tags here)",
  ],
  [
    '{ targetRefs: [{ kind: Gateway, name: a, group: gateway.networking.k8s.io }] }',
    'spec.targetRefs is not supported (a Telemetry is for the workloads of its selector here)',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('Telemetry', spec)).toEqual([message]);
});

test.each([
  [
    '{ tracing: [{ match: { mode: SERVER }, disableSpanReporting: true }] }',
    'note: spec.tracing[0] is passed over (what is set for callers holds for both sides of a proxy here)',
  ],
  [
    '{ tracing: [{ providers: [{ name: zipkin }] }] }',
    'note: spec.tracing[0].providers is passed over (spans go to the collectors that the mesh was started with)',
  ],
  [
    '{ accessLogging: [{ providers: [{ name: envoy }] }] }',
    'note: spec.accessLogging is passed over (an option of the mesh turns the access log on)',
  ],
])('passes over a part of %s', (spec, notice) => {
  expect(problemsOfSpec('Telemetry', spec)).toEqual([]);
  expect(noticesOfSpec('Telemetry', spec)).toEqual([notice]);
});
