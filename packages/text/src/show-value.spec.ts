import { expect, test } from 'vitest';
import { showValue } from './show-value.js';

test.each([
  ['a\n"b"', String.raw`"a\n\"b\""`],
  [12, '12'],
  [null, 'null'],
  [undefined, 'undefined'],
  [[], '[]'],
  [[1], 'a list'],
  [{ a: 1 }, 'an object'],
  ['a\u009b\n', String.raw`"a\u009b\n"`],
  ['x'.repeat(100), `"${'x'.repeat(79)}...`],
])('%j is shown as %s', (input, shown) => {
  expect(showValue(input)).toBe(shown);
});
