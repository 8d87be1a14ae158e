import { expect, test } from 'vitest';
import { outcomeOf, request, tableOf } from '../testing/bookinfo-mesh.js';
import { SIDECAR } from '@bookinfo/rules/testing';

type Asked = Partial<ReturnType<typeof request>>;

/** Returns true when the match (a YAML flow mapping) holds for a request to reviews. */
function holds(match: string, asked: Asked, istioVersion = '1.30'): boolean {
  const rules = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - { match: [${match}], route: [{ destination: { host: reviews, subset: v2 } }] }
    - { route: [{ destination: { host: reviews, subset: v1 } }] }
`;
  return outcomeOf(tableOf(rules, SIDECAR, undefined, { istioVersion }), asked) === 'reviews-v2';
}

test('withoutHeaders holds where a header is absent or has another value', () => {
  const match = '{ withoutHeaders: { X-User: { exact: jason } } }';
  expect(holds(match, {})).toBe(true);
  expect(holds(match, { headers: { 'x-user': 'mary' } })).toBe(true);
  expect(holds(match, { headers: { 'x-user': 'jason' } })).toBe(false);
});

test('withoutHeaders never holds for a pattern that matches the empty text', () => {
  expect(holds("{ withoutHeaders: { x: { regex: '.*' } } }", {})).toBe(false);
  expect(holds("{ withoutHeaders: { x: { regex: '.+' } } }", {})).toBe(true);
  expect(holds("{ withoutHeaders: { x: { regex: '.+' } } }", { headers: { x: '1' } })).toBe(false);
});

test('through 1.21 withoutHeaders with a value requires the header', () => {
  const match = '{ withoutHeaders: { x: { exact: a } } }';
  expect(holds(match, {}, '1.21')).toBe(false);
  expect(holds(match, { headers: { x: 'b' } }, '1.21')).toBe(true);
});

test.each(['{}', "{ regex: '*' }"])('withoutHeaders %s requires that the header is absent', (value) => {
  const match = `{ withoutHeaders: { X: ${value} } }`;
  expect(holds(match, {})).toBe(true);
  expect(holds(match, { headers: { x: '' } })).toBe(false);
  expect(holds(match, {}, '1.21')).toBe(true);
});

test('query parameters match by value, by prefix, by regular expression and by presence', () => {
  expect(holds('{ queryParams: { q: {} } }', { path: '/?q' })).toBe(true);
  expect(holds('{ queryParams: { q: {} } }', { path: '/?Q=1' })).toBe(false);
  expect(holds('{ queryParams: { q: { exact: a } } }', { path: '/?q=a&q=b' })).toBe(true);
  expect(holds('{ queryParams: { q: { exact: b } } }', { path: '/?q=a&q=b' })).toBe(false);
  expect(holds('{ queryParams: { q: { prefix: a } } }', { path: '/?q=abc' })).toBe(true);
  expect(holds("{ queryParams: { q: { regex: 'a|b' } } }", { path: '/?q=ab' })).toBe(false);
});

test('scheme and authority match as the client sent them, the port and the case included', () => {
  expect(holds('{ scheme: { exact: http } }', {})).toBe(true);
  expect(holds('{ scheme: { exact: https } }', {})).toBe(false);
  expect(holds("{ authority: { exact: 'reviews:9080' } }", { authority: 'reviews:9080' })).toBe(true);
  expect(holds('{ authority: { exact: reviews } }', { authority: 'reviews:9080' })).toBe(false);
  expect(holds('{ authority: { prefix: reviews } }', { authority: 'Reviews:9080' })).toBe(false);
  expect(holds('{ authority: {}, method: {}, scheme: {} }', {})).toBe(true);
});

test('statPrefix and the name of a match have no effect', () => {
  expect(holds('{ name: a, statPrefix: b }', {})).toBe(true);
});
