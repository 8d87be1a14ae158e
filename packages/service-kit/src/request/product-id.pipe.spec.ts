import { BadRequestException } from '@nestjs/common';
import { expect, test } from 'vitest';
import { ProductIdPipe } from './product-id.pipe.js';

const pipe = new ProductIdPipe();

test.each([
  ['0', 0],
  ['007', 7],
  ['-3', -3],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('%j is product %j', (text, id) => {
  expect(pipe.transform(text)).toBe(id);
});

test.each([
  '',
  'abc',
  '1.5',
  '1e3',
  '0x1',
  ' 1',
  '1\n',
  '+1',
  '--1',
  '7/',
  '\0',
  '../1',
  '٣',
  '9007199254740992',
])('%j is not a product id', (text) => {
  expect(() => pipe.transform(text)).toThrow(BadRequestException);
});
