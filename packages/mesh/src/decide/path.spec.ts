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
])('%s is %s', (path, normalized) => {
  expect(normalizePath(path)).toBe(normalized);
});

test.each(['/', '/a//b', '/a%2fb', '/.well-known', '/a/..b', '/a/...', '/a?b=\\', '*', 'http://x/../y'])(
  '%s stays as it is',
  (path) => {
    expect(normalizePath(path)).toBe(path);
  },
);
