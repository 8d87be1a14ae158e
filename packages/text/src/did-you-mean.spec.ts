import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.js';

test.each([
  ['review', ['ratings', 'reviews'], ' (did you mean reviews?)'],
  ['Reviews', ['reviews'], ' (did you mean reviews?)'],
  ['v4', ['v1', 'v2'], ''],
  ['reviews', ['reviews'], ''],
  ['shop', ['reviews', 'details'], ''],
])('%s among %j%s', (word, candidates, suggestion) => {
  expect(didYouMean(word, candidates)).toBe(suggestion);
});
