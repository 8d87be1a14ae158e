import { expect, test } from 'vitest';
import { forwardsOf, tableOf } from '../testing/bookinfo-mesh.js';
import { SIDECAR } from '@bookinfo/rules/testing';
import type { RequestMirrorPolicy } from '@bookinfo/routing';

function mirrorsOf(fields: string, istioVersion = '1.30'): RequestMirrorPolicy[] {
  const rule = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ ${fields}, route: [{ destination: { host: reviews } }] }] }
`;
  const table = tableOf(rule, SIDECAR, undefined, { istioVersion });
  return forwardsOf(table, 'reviews').flatMap(({ mirrors }) => mirrors);
}

const V2 = 'outbound|9080|v2|reviews.default.svc.cluster.local';

test.each([
  ['', 100],
  [', mirrorPercentage: { value: 12.5 }', 12.5],
  [', mirrorPercent: 30', 30],
  [', mirror_percent: 40', 40],
  [', mirrorPercentage: { value: 1 }, mirrorPercent: 30', 1],
])('mirror%s: %d %% of the requests are copied', (percentage, expected) => {
  expect(mirrorsOf(`mirror: { host: reviews, subset: v2 }${percentage}`)).toEqual([
    { cluster: V2, percentage: expected, shadowHostSuffix: false },
  ]);
});

test.each(['mirrorPercentage: {}', 'mirrorPercentage: { value: 0 }', 'mirrorPercent: 0'])(
  'nothing is copied with %s',
  (percentage) => {
    expect(mirrorsOf(`mirror: { host: reviews }, ${percentage}`)).toEqual([]);
  },
);

test('each mirror has its own percentage', () => {
  const destinations = [
    '{ destination: { host: reviews, subset: v2 } }',
    '{ destination: { host: ratings }, percentage: { value: 10 } }',
    '{ destination: { host: details }, percentage: { value: 0 } }',
  ];
  expect(mirrorsOf(`mirrors: [${destinations.join(', ')}]`)).toMatchObject([
    { cluster: V2, percentage: 100 },
    { cluster: 'outbound|9080||ratings.default.svc.cluster.local', percentage: 10 },
  ]);
});

test.each([
  ['1.27', true],
  ['1.28', false],
])('in Istio %s the Host of a copy ends in -shadow: %s', (version, expected) => {
  expect(mirrorsOf('mirror: { host: reviews }', version)).toMatchObject([{ shadowHostSuffix: expected }]);
});
