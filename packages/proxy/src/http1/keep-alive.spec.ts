import { expect, test } from 'vitest';
import { HeaderList } from '@bookinfo/routing';
import { keepAliveMs } from './keep-alive.js';

test.each([
  ['without a Connection header', [], Infinity],
  ['with close', ['connection', 'close'], 0],
  ['with close among other options', ['connection', 'X-A, CLOSE'], 0],
  ['with an option that begins like close', ['connection', 'closed'], Infinity],
  ['with a timeout', ['connection', 'keep-alive', 'keep-alive', 'max=9, timeout=5'], 4000],
  ['with a timeout too short to use', ['keep-alive', 'timeout=1'], 0],
  ['with a timeout that is not a number', ['keep-alive', 'timeout=soon'], Infinity],
])('a connection after a response %s', (_, raw, expected) => {
  expect(keepAliveMs({ status: 200, isHttp10: false, headers: HeaderList.fromRaw(raw) })).toBe(expected);
});

test('a connection of HTTP/1.0 is not kept', () => {
  const headers = new HeaderList([['connection', 'keep-alive']]);
  expect(keepAliveMs({ status: 200, isHttp10: true, headers })).toBe(0);
});
