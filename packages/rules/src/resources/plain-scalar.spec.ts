import { expect, test } from 'vitest';
import { plainScalar } from './plain-scalar.js';

test.each([
  ['y', true],
  ['Yes', true],
  ['ON', true],
  ['n', false],
  ['No', false],
  ['OFF', false],
  ['oN', 'oN'],
  ['~', null],
  ['', null],
  ['010', 8],
  ['-010', -8],
  ['0o17', 15],
  ['0x_1F', 31],
  ['0b11', 3],
  ['08', 8],
  ['1_000', 1000],
  ['+1_0.5', 10.5],
  ['_1', '_1'],
  ['1e1', 10],
  ['.5', 0.5],
  ['._5', '._5'],
  ['.', '.'],
  ['-', '-'],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['2026-01-01', '2026-01-01'],
  ['1:30', '1:30'],
  ['1.2.3', '1.2.3'],
  ['0', 0],
])('%s is read as %s', (text, value) => {
  expect(plainScalar(text)).toBe(value);
});
