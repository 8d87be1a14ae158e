import { expect, test } from 'vitest';
import { normalizePath } from './path.js';

test.each([
  ['/a/./b', '/a/b'],
  ['/a/../b', '/b'],
  ['/../../b', '/b'],
  ['/a/b/..', '/a/'],
  ['/a/.', '/a/'],
  ['/..', '/'],
  ['/a/%2E%2e/b', '/b'],
  ['/a/.%2e/b', '/b'],
  ['\\a\\..\\b', '/b'],
  ['/a/../b?c=/../d', '/b?c=/../d'],
  ['/a/./b#/../c', '/a/b#/../c'],
  ['/a/..;x=1/b', '/b'],
  ['/a/.;x=1', '/a/'],
  ['/a/%2e%2e;x/b', '/a/..;x/b'],
  ['/%2%45/%%341/%%34g', '/%252E/%2541/%4g'],
  ['/%41%7a%30%2d%5F%7E?%41', '/Az0-_~?%41'],
  ['/"<>^`{|}?{}', '/%22%3C%3E%5E%60%7B%7C%7D?{}'],
])('%s becomes %s', (path, normalized) => {
  expect(normalizePath(path)).toBe(normalized);
});

test.each([
  '/',
  '/a//b',
  '/a%2fb',
  '/.well-known',
  '/a/..b',
  '/a/...',
  '/a/...;x',
  '/a;x=1/b',
  '/%40%5B%60%7B%2b%c3%a9',
  '/%',
  '/%4',
  '/%4g',
  '/a?b=\\',
  '*',
  'http://x/../y',
])('%s stays', (path) => {
  expect(normalizePath(path)).toBe(path);
});
