import { expect, test } from 'vitest';
import { HeaderList } from '@bookinfo/routing';
import { shadowHeaders } from './shadow-headers.js';

test.each([
  ['reviews', 'reviews-shadow'],
  ['reviews:9080', 'reviews-shadow:9080'],
  ['[::1]:80', '[::1]:80-shadow'],
])('through Istio 1.27 the copy of a request for %s has the Host %s', (host, expected) => {
  const headers = new HeaderList([['host', host]]);
  expect(shadowHeaders(headers, true, '10.0.0.1').get('host')).toBe(expected);
  expect(shadowHeaders(headers, false, '10.0.0.1').get('host')).toBe(host);
});

test('a copy is marked as internal and has its client in x-forwarded-for', () => {
  const own = ['x-envoy-attempt-count', '1', 'x-envoy-internal', 'true'];
  const headers = ['host', 'reviews', 'x-request-id', 'a', 'x-forwarded-for', '10.0.0.9'];
  const copied = ['host', 'reviews', 'x-request-id', 'a', 'x-forwarded-for', '10.0.0.9,10.0.0.1'];
  expect(shadowHeaders(HeaderList.fromRaw(headers), false, '10.0.0.1').toRaw()).toEqual([...own, ...copied]);
  expect(shadowHeaders(new HeaderList(), false, '10.0.0.1').get('x-forwarded-for')).toBe('10.0.0.1');
});
