import { expect, test } from 'vitest';
import { Regexes } from '../matching/regexes.js';
import type { PathRewrite } from '../route-table/route-action.js';
import type { PathMatch } from '../route-table/route-match.js';
import { rewritePath } from './path-rewrite.js';

const rewrite = (action: PathRewrite, match: PathMatch | undefined, path: string): string =>
  rewritePath(action, match, path, new Regexes());
const prefix = (value: string): PathMatch => ({ kind: 'prefix', value, ignoreCase: false });

test('a prefix is replaced character by character, and the query stays', () => {
  expect(rewrite({ kind: 'prefix', value: '/new' }, prefix('/pre/x'), '/pre/x/y?q=1')).toBe('/new/y?q=1');
});

test('the prefix /a replaced by / makes //b of /a/b', () => {
  expect(rewrite({ kind: 'prefix', value: '/' }, prefix('/a'), '/a/b?q=1')).toBe('//b?q=1');
  expect(rewrite({ kind: 'prefix', value: '/' }, prefix('/a/'), '/a/b')).toBe('/b');
});

test('a route without a path match has the prefix /', () => {
  expect(rewrite({ kind: 'prefix', value: '/new/' }, undefined, '/x')).toBe('/new/x');
});

test('a whole path is replaced, and the query stays', () => {
  expect(rewrite({ kind: 'path', value: '/new' }, undefined, '/a/b?q=1')).toBe('/new?q=1');
});

test.each([
  ['/rx(/[a-z]+)', String.raw`\1\1`, '/rx/abc/rx/def?q=/rx/a', '/abc/abc/def/def?q=/rx/a'],
  ['/rx(/[a-z]+)', String.raw`\1`, '/other', '/other'],
  ['b', String.raw`[\0\\$1]`, '/abc', String.raw`/a[b\$1]c`],
  ['(b)|(c)', String.raw`<\2>`, '/abc', '/a<><c>'],
  ['b', String.raw`\1\2`, '/abc', '/ac'],
])('each match of %s becomes %s: %s -> %s', (pattern, substitution, path, rewritten) => {
  expect(rewrite({ kind: 'regex', pattern, substitution }, undefined, path)).toBe(rewritten);
});
