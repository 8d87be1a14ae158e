import { expect, test } from 'vitest';
import { formatAge } from './age.js';

test.each([
  [-5, '0s'],
  [119_999, '119s'],
  [120_000, '2m'],
  [2 * 3_600_000 - 1, '119m'],
  [2 * 3_600_000, '2h'],
  [48 * 3_600_000, '2d'],
])('%d ms is %s', (ms, age) => {
  expect(formatAge(ms)).toBe(age);
});
