import { expect, test } from 'vitest';
import { printable, printableLines } from './printable.js';

test.each([
  ['reviews-v1 ★', 'reviews-v1 ★'],
  ['\u001b[31mred', String.raw`\u001b[31mred`],
  ['one\r\ntwo\u2028three', String.raw`one\u000d\u000atwo\u2028three`],
  ['\u009b2J', String.raw`\u009b2J`],
  ['a\u202eb', String.raw`a\u202eb`],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed);
});

test('the line feeds of several lines stay', () => {
  expect(printableLines('one\ntwo\u009b\r\n')).toBe(String.raw`one
two\u009b\u000d
`);
});
