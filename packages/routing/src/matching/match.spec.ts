import { expect, test } from 'vitest';
import type { RouteRequest } from '../request/route-request.js';
import type { HeaderMatch, RouteMatch } from '../route-table/route-match.js';
import { requestOf } from '../testing/route-request.js';
import { firstMismatch, matchSubject } from './match.js';
import { reasonFor } from './reason.js';
import { Regexes } from './regexes.js';

/** Returns the reason why the match does not hold, undefined when it does. */
function mismatch(match: Partial<RouteMatch>, parts: Partial<RouteRequest>): string | undefined {
  const subject = matchSubject(requestOf(parts), new Regexes());
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
])('the path-separated prefix /a and the path %s', (path, reason) => {
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
])('the first query parameter of the name is compared as written: ?%s', (query, reason) => {
  const queryParameters = [{ name: 'x', value: { kind: 'exact', value: 'a' } as const }];
  expect(mismatch({ queryParameters }, { path: `/?${query}` })).toBe(reason);
});

test('a match for presence holds for any value of a query parameter', () => {
  const queryParameters = [{ name: 'x', value: { kind: 'present' } as const }];
  expect(mismatch({ queryParameters }, { path: '/?x' })).toBeUndefined();
  expect(mismatch({ queryParameters }, { path: '/x' })).toBe('query parameter x is absent');
});

test('an inverted header match holds for another value', () => {
  expect(mismatch(header({}), { headers: { x: 'b' } })).toBeUndefined();
  expect(mismatch(header({}), { headers: { x: 'a' } })).toBe('header x is "a", exact "a" not wanted');
});

test('an absent header fails an inverted match unless the match takes it for an empty one', () => {
  const any = { kind: 'regex', value: '.*' } as const;
  expect(mismatch(header({}), {})).toBeUndefined();
  expect(mismatch(header({ value: any }), {})).toBe('header x is absent, regex ".*" not wanted');
  expect(mismatch(header({ missingAsEmpty: false }), {})).toBe('header x is absent, exact "a" not wanted');
});

test('an inverted match for presence holds for an absent header', () => {
  expect(mismatch(header({ value: { kind: 'present' } }), {})).toBeUndefined();
  expect(mismatch(header({ value: { kind: 'present' } }), { headers: { x: '' } })).toBe(
    'header x is "", it should be absent',
  );
});

test('the header host is the authority', () => {
  const match = header({ name: 'host', value: { kind: 'exact', value: 'a.example' }, invert: false });
  expect(mismatch(match, { authority: 'a.example' })).toBeUndefined();
  expect(mismatch(match, { authority: 'b.example' })).toBe(
    'header host is "b.example", exact "a.example" wanted',
  );
});
