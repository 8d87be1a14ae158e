import { expect, test } from 'vitest';
import { formatTable } from './table.js';

test('columns are as wide as their widest cell, with three spaces between and none at the end', () => {
  const rows = [
    ['reviews', '1/1'],
    ['a', ''],
  ];
  expect(formatTable({ columns: ['NAME', 'READY'], rows })).toBe('NAME      READY\nreviews   1/1\na');
});
