import { expect, test } from 'vitest';
import { parseUserName } from './user-name.pipe.js';

test.each([
  ['jason', 'jason'],
  ['  jason ', 'jason'],
  ['Zoë Ångström', 'Zoë Ångström'],
  ['<script>', '<script>'],
  ['x'.repeat(100), 'x'.repeat(100)],
  ['🎭'.repeat(100), '🎭'.repeat(100)],
])('%j is the user name %j', (input, name) => {
  expect(parseUserName(input)).toBe(name);
});

test.each([
  undefined,
  ['jason', 'root'],
  '',
  ' ',
  'x'.repeat(101),
  'a\nb',
  'a\0b',
  'a\u202eb',
  'a\u200bb',
  'a\ufffd',
])('%j is not a user name', (input) => {
  expect(parseUserName(input)).toBeUndefined();
});
