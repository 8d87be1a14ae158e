import { expect, test } from 'vitest';
import { Regexes } from './regexes.js';

const regexes = new Regexes();

test.each(['/products/[0-9]+', '.*/a.*', '(/[a-z]+)+'])('%s is matched with a path of 60 KB', (pattern) => {
  expect(regexes.matches(pattern, `/${'a'.repeat(60_000)}`)).toBe(pattern !== '/products/[0-9]+');
});

test.each(['(a?){1000}b', '[ab]*a[ab]{1000}c'])('%s is matched with a path of 900 characters', (pattern) => {
  expect(regexes.matches(pattern, 'a'.repeat(900))).toBe(false);
});

test.each(['(a?){1000}b', '[ab]*a[ab]{1000}c'])('%s is not tried on a path of 58 KB', (pattern) => {
  const path = 'a'.repeat(58_000);
  const tooLong = /^a value of 58000 characters is too long for the regular expression .* \(at most \d+\)$/;
  expect(() => regexes.matches(pattern, path)).toThrow(tooLong);
  expect(() => regexes.replaceAll(pattern, path, 'x')).toThrow(tooLong);
});
