import { expect, test } from 'vitest';
import { problemsOfSpec } from '../../testing/problems-of-spec.js';

test.each([
  ['DestinationPolicy', '{ destination: { name: a } }', 'spec: loadBalancing or circuitBreaker is needed'],
  [
    'DestinationPolicy',
    '{ destination: { name: a }, source: { name: b }, loadBalancing: { name: RANDOM } }',
    'spec.source is not supported (the DestinationRule that it is converted to applies to all clients)',
  ],
  [
    'DestinationPolicy',
    '{ destination: { name: a }, circuitBreaker: { simpleCb: { sleepWindow: 0.5s } } }',
    'spec.circuitBreaker.simpleCb.sleepWindow: "0.5s" is not a duration from 1s to 596h',
  ],
  [
    'DestinationPolicy',
    '{ destination: { name: a }, circuitBreaker: { custom: {} } }',
    'spec.circuitBreaker.custom is not supported (Istio never implemented it)',
  ],
  [
    'EgressRule',
    '{ destination: { service: a.com }, ports: [{ port: 443, protocol: https }] }',
    'spec.ports[0].protocol: "https" is not one of http',
  ],
  [
    'EgressRule',
    '{ destination: { name: a }, ports: [{ port: 80, protocol: http }] }',
    'spec.destination.name is not supported (an external host is named by service)',
  ],
] as const)('refuses a %s with %s', (kind, spec, message) => {
  expect(problemsOfSpec(kind, spec)).toContain(message);
});
