import { expect, test } from 'vitest';
import { keepAliveMs } from './keep-alive.js';

test.each([
  ['nothing', [], Infinity],
  ['close', ['connection', 'close'], 0],
  ['close among others', ['connection', 'X-A, CLOSE'], 0],
  ['an option that begins alike', ['connection', 'closed'], Infinity],
  ['a timeout', ['connection', 'keep-alive', 'keep-alive', 'max=9, timeout=5'], 4000],
  ['a timeout too short to use', ['keep-alive', 'timeout=1'], 0],
  ['a timeout that is none', ['keep-alive', 'timeout=soon'], Infinity],
])('an answer that says %s', (_, headers, expected) => {
  expect(keepAliveMs({ status: 200, isHttp10: false, headers })).toBe(expected);
});

test('HTTP/1.0 closes', () => {
  expect(keepAliveMs({ status: 200, isHttp10: true, headers: ['connection', 'keep-alive'] })).toBe(0);
});
