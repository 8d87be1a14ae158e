import { expect, test } from 'vitest';
import { parseHops } from './hops.js';

test('an x-bookinfo-path header is parsed into its hops', () => {
  expect(parseHops('reviews-v3 ratings-v2-mysql')).toEqual(['reviews-v3', 'ratings-v2-mysql']);
});

test.each([
  undefined,
  '',
  'x',
  'reviews-v1  ratings-v1',
  '<b>-v1',
  'Reviews-v1',
  ['a-v1'],
  'a-v1 '.repeat(65).trim(),
])('%j has no hops', (header) => expect(parseHops(header)).toEqual([]));
