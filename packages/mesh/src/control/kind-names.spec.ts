import { expect, test } from 'vitest';
import { findKind, qualifiedKind } from './kind-names.js';

test.each([
  ['vs', 'VirtualService'],
  ['virtualservices', 'VirtualService'],
  ['VirtualService', 'VirtualService'],
  ['virtualservices.networking.istio.io', 'VirtualService'],
  ['dr', 'DestinationRule'],
  ['gw', 'Gateway'],
  ['svc', 'Service'],
  ['sa', 'ServiceAccount'],
  ['deploy', 'Deployment'],
  ['deployment.apps', 'Deployment'],
  ['po', 'Pod'],
])('%s means %s', (text, kind) => {
  expect(findKind(text)).toBe(kind);
});

test('a word that is no kind means nothing', () => {
  expect(findKind('secrets')).toBeUndefined();
  expect(findKind('')).toBeUndefined();
});

test('a kind is written before a name with its group', () => {
  expect([qualifiedKind('Service'), qualifiedKind('Deployment'), qualifiedKind('Gateway')]).toEqual([
    'service',
    'deployment.apps',
    'gateway.networking.istio.io',
  ]);
});
