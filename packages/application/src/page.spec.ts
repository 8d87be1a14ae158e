import { respond } from '@bookinfo/analysis';
import { expect, test } from 'vitest';
import { upstreamPage } from '../test/upstream-page.js';
import { page, readPage } from './page.js';

test.each([
  [{ pod: 'reviews-v1-598b896c9d-8fgr5' }, { version: 'v1', ratings: 'none', hasDetails: true }],
  [
    { pod: 'reviews-v3-6f8b9d9c7-x2x4z', colour: 'red' },
    { version: 'v3', ratings: 'shown', hasDetails: true },
  ],
  [
    { pod: 'reviews-v2-beta-6f8b9d9c7-x2x4z', colour: 'red' },
    { version: 'v2-beta', ratings: 'shown', hasDetails: true },
  ],
  [{ colour: 'black' }, { version: 'v2', ratings: 'shown', hasDetails: true }],
  [{ colour: 'red' }, { version: 'v3', ratings: 'shown', hasDetails: true }],
  [{ colour: 'blue' }, { version: 'of an unknown version', ratings: 'shown', hasDetails: true }],
  [{}, { version: 'v1', ratings: 'none', hasDetails: true }],
  [{ reviews: false }, { ratings: 'none', hasDetails: true }],
  [
    { details: false, pod: 'reviews-v1-598b896c9d-8fgr5' },
    { version: 'v1', ratings: 'none', hasDetails: false },
  ],
  [
    { pod: 'reviews-v2-598b896c9d-8fgr5', ratingsError: true },
    { version: 'v2', ratings: 'unavailable', hasDetails: true },
  ],
] as const)('a page made of %j is read as %j', (parts, view) => {
  expect(readPage(upstreamPage(parts))).toEqual(view);
});

test('the colour of an error elsewhere on the page is not that of the stars', () => {
  const html = `<p class="text-red-500">Error fetching product details!</p>${upstreamPage({ colour: 'black' })}`;
  expect(readPage(html).version).toBe('v2');
});

test.each([
  [['productpage-v1', 'details-v1', 'reviews-v2', 'ratings-v1'], 'page with reviews v2'],
  [['productpage-v1', 'details-v1', 'reviews-v3'], 'page with reviews v3, ratings unavailable'],
  [['productpage-v1', 'reviews-v1'], 'page with reviews v1, no details'],
  [['productpage-v1', 'details-v1'], 'page without reviews'],
])('a response by %s is a %s', (path, description) => {
  const response = { ...respond({ name: '', version: '' }, 200), path };
  expect(page.describePredicted(response)).toBe(description);
});

test('a description of a page is that of the predicted response', () => {
  const response = respond({ name: 'productpage-v1', version: 'v1' }, 200, [
    respond({ name: 'details-v1', version: 'v1' }, 200),
    respond({ name: 'reviews-v3', version: 'v3' }, 200),
  ]);
  const html = upstreamPage({ pod: 'reviews-v3-598b896c9d-8fgr5', ratingsError: true });
  expect(page.describe(html)).toBe(page.describePredicted(response));
});

test.each([
  [503, 'productpage-v1'],
  [200, 'details-v1'],
])('a response with status %i by %s is no page', (status, name) => {
  expect(page.describePredicted(respond({ name, version: 'v1' }, status))).toBeUndefined();
});
