import { expect, test } from 'vitest';
import { forwardsOf, tableOf } from '../testing/bookinfo-mesh.js';
import type { RouteTable } from '@bookinfo/routing';

const destinationRule = (consistentHash: string, subsets = ''): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hashing }
spec:
  host: reviews
  trafficPolicy: { loadBalancer: { consistentHash: ${consistentHash} } }
  subsets: [${subsets}]
`;
const virtualService = (http: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [${http}] }
`;
const BY_HEADER = destinationRule('{ httpHeaderName: X-User }');
const SPLIT = `{ route: [{ destination: { host: reviews, subset: v1 }, weight: 50 },
  { destination: { host: reviews, subset: v2 }, weight: 50 }] }`;

/** Returns the policies of a table that has only the subsets of these rules. */
function hashed(...rules: string[]): unknown {
  return forwardsOf(tableOf(rules.join('---')), 'reviews').map(({ hashPolicies }) => hashPolicies);
}

function lbPolicy(table: RouteTable): unknown {
  return table.clusters.get('outbound|9080||reviews.default.svc.cluster.local')?.lbPolicy;
}

test.each([
  ['{ httpHeaderName: X-User }', { kind: 'header', name: 'x-user' }],
  ['{ httpCookie: { name: sid } }', { kind: 'cookie', name: 'sid' }],
  [
    '{ httpCookie: { name: sid, path: /, ttl: 1m } }',
    { kind: 'cookie', name: 'sid', path: '/', ttlMs: 60_000 },
  ],
  ['{ httpCookie: { name: sid, ttl: 0s } }', { kind: 'cookie', name: 'sid', ttlMs: 0 }],
  ['{ httpQueryParameterName: user }', { kind: 'query-parameter', name: 'user' }],
  ['{ useSourceIp: true }', { kind: 'source-ip' }],
])('the default route of a Service hashes by its DestinationRule: %s', (hash, policy) => {
  expect(hashed(destinationRule(hash))).toEqual([[policy]]);
});

test('a route hashes for each of its destinations, and not at all where none balances by a hash', () => {
  const header = { kind: 'header', name: 'x-user' };
  expect(hashed(BY_HEADER, virtualService(SPLIT))).toEqual([[header, header]]);
  expect(hashed(virtualService(SPLIT))).toEqual([[]]);
});

test.each([
  ['httpHeaderName: a', { kind: 'RING_HASH', minimumRingSize: 1024 }],
  ['httpHeaderName: a, minimumRingSize: 7', { kind: 'RING_HASH', minimumRingSize: 7 }],
  ['httpHeaderName: a, ringHash: {}', { kind: 'RING_HASH', minimumRingSize: 1024 }],
  ['httpHeaderName: a, ringHash: { minimumRingSize: 9 }', { kind: 'RING_HASH', minimumRingSize: 9 }],
  ['httpHeaderName: a, maglev: { tableSize: 11 }', { kind: 'MAGLEV', tableSize: 11 }],
])('{ %s }', (hash, policy) => {
  expect(lbPolicy(tableOf(destinationRule(`{ ${hash} }`)))).toEqual(policy);
});

const avoids = (...rules: string[]) =>
  forwardsOf(tableOf([BY_HEADER, ...rules].join('---')), 'reviews').map(
    ({ retryPolicy }) => retryPolicy.avoidPreviousHosts,
  );

test('retries return to the endpoint that a request hashes to, if a rule has one destination', () => {
  const one = 'route: [{ destination: { host: reviews } }]';
  expect(avoids()).toEqual([true]);
  expect(avoids(virtualService(`{ ${one} }`))).toEqual([false]);
  expect(avoids(virtualService(`{ ${one}, retries: { attempts: 1 } }`))).toEqual([false]);
  expect(
    avoids(virtualService(`{ ${one}, retries: { attempts: 1, retryIgnorePreviousHosts: true } }`)),
  ).toEqual([true]);
  expect(avoids(virtualService(SPLIT))).toEqual([true]);
});

const BY_PORT = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: hashing }
spec:
  host: reviews
  trafficPolicy: { portLevelSettings: [{ port: { number: 9080 }, loadBalancer: { consistentHash: { httpHeaderName: x } } }] }
`;

test.each([
  ['no port', '', []],
  ['the port', 'port: { number: 9080 }', [{ kind: 'header', name: 'x' }]],
])('the hash of a port is for destinations that name it: %s', (_, port, policies) => {
  const rule = virtualService(`{ route: [{ destination: { host: reviews, ${port} } }] }`);
  expect(hashed(BY_PORT, rule)).toEqual([policies]);
  expect(lbPolicy(tableOf([BY_PORT, rule].join('---')))).toMatchObject({ kind: 'RING_HASH' });
});

test('a subset that balances in another way leaves the hash of its host', () => {
  const rule = destinationRule(
    '{ httpHeaderName: x }',
    '{ name: v1, labels: { version: v1 }, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } } }',
  ).replace('metadata: { name: hashing }', 'metadata: { name: a-hashing }');
  const route = virtualService('{ route: [{ destination: { host: reviews, subset: v1 } }] }');
  expect(hashed(rule, route)).toEqual([[{ kind: 'header', name: 'x' }]]);
});
