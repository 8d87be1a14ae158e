import { expect, test } from 'vitest';
import { findKinds, qualifiedKind } from './kind-names.js';

test.each([
  ['vs', 'VirtualService'],
  ['virtualservices', 'VirtualService'],
  ['VirtualService', 'VirtualService'],
  ['virtualservices.networking.istio.io', 'VirtualService'],
  ['dr', 'DestinationRule'],
  ['gw', 'Gateway'],
  ['gateway.networking.istio.io', 'Gateway'],
  ['gtw', 'Gateway.gateway.networking.k8s.io'],
  ['gateways.gateway.networking.k8s.io', 'Gateway.gateway.networking.k8s.io'],
  ['httproute', 'HTTPRoute'],
  ['refgrant', 'ReferenceGrant'],
  ['svc', 'Service'],
  ['sa', 'ServiceAccount'],
  ['deploy', 'Deployment'],
  ['deployment.apps', 'Deployment'],
  ['po', 'Pod'],
])('%s means %s', (text, kind) => {
  expect(findKinds(text)).toEqual([kind]);
});

test('a word that is no kind means nothing', () => {
  expect(findKinds('configmaps')).toEqual([]);
  expect(findKinds('')).toEqual([]);
});

test('a gateway may be one of either group', () => {
  expect(findKinds('gateway')).toEqual(['Gateway', 'Gateway.gateway.networking.k8s.io']);
});

test('a kind is written before a name with its group', () => {
  expect([qualifiedKind('Service'), qualifiedKind('Deployment'), qualifiedKind('Gateway')]).toEqual([
    'service',
    'deployment.apps',
    'gateway.networking.istio.io',
  ]);
});
