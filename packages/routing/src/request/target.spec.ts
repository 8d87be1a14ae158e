import { expect, test } from 'vitest';
import { parseTarget } from './target.js';

test.each([
  [
    'http://reviews:9080/reviews/0?a=b',
    'other',
    { authority: 'reviews:9080', port: 9080, path: '/reviews/0?a=b' },
  ],
  ['HTTP://Reviews/x', undefined, { authority: 'Reviews', port: 80, path: '/x' }],
  ['http://reviews:9080', undefined, { authority: 'reviews:9080', port: 9080, path: '/' }],
  ['http://reviews?q=1', undefined, { authority: 'reviews', port: 80, path: '/?q=1' }],
  ['http://[::1]:9080/x', undefined, { authority: '[::1]:9080', port: 9080, path: '/x' }],
  ['/productpage', 'localhost:9080', { authority: 'localhost:9080', port: 9080, path: '/productpage' }],
  ['/a/../b\\%7e', 'reviews', { authority: 'reviews', port: 80, path: '/b/~' }],
  ['*', 'reviews', { authority: 'reviews', port: 80, path: '*' }],
])('%s with Host %s is read', (url, host, target) => {
  expect(parseTarget(url, host)).toEqual(target);
});

test.each([
  ['http:///x', 'reviews'],
  ['http://user:secret@reviews/x', 'reviews'],
  ['http://reviews:99999/x', 'reviews'],
  ['http://reviews:port/x', 'reviews'],
  ['http://[::1/x', 'reviews'],
  ['https://reviews/x', 'reviews'],
  ['reviews:9080', 'reviews'],
  ['/x#fragment', 'reviews'],
  ['/x%00?%00', 'reviews'],
  ['/x', undefined],
  ['/x', ''],
  ['/x', 'two hosts'],
  ['/x', 'reviews/evil'],
])('%s with Host %s is refused', (url, host) => {
  expect(parseTarget(url, host)).toBeUndefined();
});
