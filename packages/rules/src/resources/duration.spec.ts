import { expect, test } from 'vitest';
import { parseDuration } from './duration.js';

test.each([
  ['7s', 7000],
  ['500ms', 500],
  ['0.5s', 500],
  ['.5s', 500],
  ['1.s', 1000],
  ['+1s', 1000],
  ['1.1s', 1100],
  ['1h2m', 3_720_000],
  ['1000us', 1],
  ['1000000ns', 1],
  ['1s1000µs', 1001],
  ['596h', 2_145_600_000],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  '',
  '7',
  '0s',
  '0.5ms',
  '1.5ms',
  '-1s',
  '1 s',
  '1d',
  's',
  '1e3s',
  '.s',
  '597h',
  '9'.repeat(400) + 's',
])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
