import { expect, test } from 'vitest';
import { hostCovers, resolveHost } from './host.js';

test.each([
  ['reviews', 'reviews.bookinfo.svc.cluster.local'],
  ['Reviews', 'reviews.bookinfo.svc.cluster.local'],
  ['reviews.other', 'reviews.other'],
  ['reviews.other.svc.cluster.local', 'reviews.other.svc.cluster.local'],
  ['*', '*'],
  ['*.example.com', '*.example.com'],
])('in the namespace bookinfo %s means %s', (host, resolved) => {
  expect(resolveHost(host, 'bookinfo')).toBe(resolved);
});

test.each([
  ['*', 'a.com', true],
  ['*', '*.com', true],
  ['*.com', 'a.com', true],
  ['*.com', '*.a.com', true],
  ['*.com', 'com', false],
  ['*.com', '.com', false],
  ['*.a.com', '*.com', false],
  ['a.com', 'a.com', true],
  ['a.com', '*', false],
])('%s covers %s: %s', (outer, inner, expected) => {
  expect(hostCovers(outer, inner)).toBe(expected);
});
