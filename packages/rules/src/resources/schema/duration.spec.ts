import { expect, test } from 'vitest';
import { resourcesOf } from '../../testing/bookinfo-pods.js';

const document = (kind: string, version: string, spec: string): string =>
  `{ apiVersion: ${version}, kind: ${kind}, metadata: { name: x }, spec: ${spec} }`;

test.each([
  [
    'VirtualService',
    'networking.istio.io/v1',
    '{ hosts: [a], http: [{ timeout: 1m0.5s, route: [{ destination: { host: a } }] }] }',
    ['spec', 'http', 0, 'timeout'],
    { ms: 60_500, text: '1m0.5s' },
  ],
  [
    'VirtualService',
    'networking.istio.io/v1',
    '{ hosts: [a], http: [{ corsPolicy: { maxAge: 1h }, route: [{ destination: { host: a } }] }] }',
    ['spec', 'http', 0, 'corsPolicy', 'maxAge'],
    { ms: 3_600_000, text: '1h' },
  ],
  [
    'DestinationRule',
    'networking.istio.io/v1',
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: u, ttl: 0s } } } } }',
    ['spec', 'trafficPolicy', 'loadBalancer', 'consistentHash', 'httpCookie', 'ttl'],
    { ms: 0, text: '0s' },
  ],
  [
    'DestinationPolicy',
    'config.istio.io/v1alpha2',
    '{ destination: { name: a }, circuitBreaker: { simpleCb: { sleepWindow: 4s } } }',
    ['spec', 'circuitBreaker', 'simpleCb', 'sleepWindow'],
    { ms: 4000, text: '4s' },
  ],
  [
    'HTTPRoute',
    'gateway.networking.k8s.io/v1',
    '{ parentRefs: [{ name: a }], rules: [{ timeouts: { request: 0h0m } }] }',
    ['spec', 'rules', 0, 'timeouts', 'request'],
    { ms: 0, text: '0h0m' },
  ],
])(
  'a duration of a %s of %s is parsed to milliseconds and keeps its text: %s',
  (kind, version, spec, path, expected) => {
    const [resource] = resourcesOf(document(kind, version, spec));
    const field = path.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], resource);
    expect(field).toEqual(expected);
  },
);
