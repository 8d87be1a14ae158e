import { expect, test } from 'vitest';
import { httpDirectResponse } from './http-direct-response.js';

const problems = (body: { string: string } | { bytes: string }) =>
  httpDirectResponse.safeParse({ status: 200, body }).error?.issues.map(({ message }) => message);

test('a body has at most 1 MiB', () => {
  const [most, tooMuch] = ['x'.repeat(1024 * 1024), 'x'.repeat(1024 * 1024 + 1)];
  expect(problems({ string: most })).toBeUndefined();
  expect(problems({ bytes: btoa(most) })).toBeUndefined();
  expect(problems({ string: tooMuch })).toEqual(['it has 1048577 bytes, at most 1048576 are allowed']);
  expect(problems({ bytes: btoa(tooMuch) })).toEqual(['it has 1048577 bytes, at most 1048576 are allowed']);
});
