import { expect, test } from 'vitest';
import { served } from '@bookinfo/analysis';
import { upstreamPage } from '../../../test/upstream-page.js';
import { pageLabel, readPage, viewOf } from './page-view.js';

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
  [['productpage-v1', 'details-v1', 'reviews-v2', 'ratings-v1'], 0, 'page with reviews v2'],
  [
    ['productpage-v1', 'details-v1', 'reviews-v3'],
    3000,
    'page with reviews v3, ratings unavailable, after 3 s',
  ],
  [['productpage-v1', 'reviews-v1'], 0, 'page with reviews v1, no details'],
  [['productpage-v1', 'details-v1'], 6000, 'page without reviews, after 6 s'],
])('%s after %i ms is a %s', (path, delayMs, label) => {
  const answer = { ...served({ name: '', version: '' }, 200), path, delayMs };
  expect(pageLabel(viewOf(answer), 200, delayMs)).toBe(label);
});

test('what is no page is told by its status', () => {
  const view = viewOf({ ...served({ name: '', version: '' }, 503), path: [] });
  expect(pageLabel(view, 503, 0)).toBe('503 and no page');
});
