import { expect, test } from 'vitest';
import { request } from '../testing/bookinfo-mesh.js';
import {
  type HeaderMatch,
  type RouteMatch,
  type RouteRequest,
  firstMismatch,
  matchSubject,
  reasonFor,
} from '@bookinfo/routing';

/** `undefined` when the match holds, else the reason why it does not. */
function mismatch(match: Partial<RouteMatch>, asked: Partial<RouteRequest>): string | undefined {
  const subject = matchSubject(request(asked));
  const part = firstMismatch({ headers: [], queryParameters: [], ...match }, subject);
  return part && reasonFor(part, subject);
}
const header = (overrides: Partial<HeaderMatch>): Partial<RouteMatch> => ({
  headers: [
    { name: 'x', value: { kind: 'exact', value: 'a' }, invert: true, missingAsEmpty: true, ...overrides },
  ],
});

test.each([
  ['/a', undefined],
  ['/a/', undefined],
  ['/a/b?c', undefined],
  ['/abc', 'path "/abc" is not below "/a"'],
])('a prefix of path segments: /a and %s', (path, reason) => {
  const match = { path: { kind: 'path-separated-prefix', value: '/a', ignoreCase: false } } as const;
  expect(mismatch(match, { path })).toBe(reason);
});

test.each([
  ['x=a', undefined],
  ['y=b&x=a&x=b', undefined],
  ['x=b&x=a', 'query parameter x is "b", exact "a" wanted'],
  ['X=a', 'query parameter x is absent, exact "a" wanted'],
  ['x', 'query parameter x is "", exact "a" wanted'],
  ['x=%61', 'query parameter x is "%61", exact "a" wanted'],
  ['y=1#x=a', 'query parameter x is absent, exact "a" wanted'],
  ['x=a=', 'query parameter x is "a=", exact "a" wanted'],
])('a query parameter is taken as written, and the first of its name counts: ?%s', (query, reason) => {
  const queryParameters = [{ name: 'x', value: { kind: 'exact', value: 'a' } as const }];
  expect(mismatch({ queryParameters }, { path: `/?${query}` })).toBe(reason);
});

test('a query parameter can be asked to be present, whatever its value', () => {
  const queryParameters = [{ name: 'x', value: { kind: 'present' } as const }];
  expect(mismatch({ queryParameters }, { path: '/?x' })).toBeUndefined();
  expect(mismatch({ queryParameters }, { path: '/x' })).toBe('query parameter x is absent');
});

test('an inverted header match holds where the value differs', () => {
  expect(mismatch(header({}), { headers: { x: 'b' } })).toBeUndefined();
  expect(mismatch(header({}), { headers: { x: 'a' } })).toBe('header x is "a", exact "a" not wanted');
});

test('an absent header is empty to an inverted match that says so, and else fails it', () => {
  const any = { kind: 'regex', value: '.*' } as const;
  expect(mismatch(header({}), {})).toBeUndefined();
  expect(mismatch(header({ value: any }), {})).toBe('header x is absent, regex ".*" not wanted');
  expect(mismatch(header({ missingAsEmpty: false }), {})).toBe('header x is absent, exact "a" not wanted');
});

test('an inverted presence match wants the header to be absent', () => {
  expect(mismatch(header({ value: { kind: 'present' } }), {})).toBeUndefined();
  expect(mismatch(header({ value: { kind: 'present' } }), { headers: { x: '' } })).toBe(
    'header x is "", it should be absent',
  );
});
