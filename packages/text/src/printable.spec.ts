import { expect, test } from 'vitest';
import { printable } from './printable.js';

test.each([
  ['reviews-v1 ★', 'reviews-v1 ★'],
  ['\u001b[31mred', String.raw`\u{1b}[31mred`],
  ['one\r\ntwo\u2028three', String.raw`one\u{d}\u{a}two\u{2028}three`],
  ['\u009b2J', String.raw`\u{9b}2J`],
  ['a\u202eb', String.raw`a\u{202e}b`],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed);
});
