import { expect, test } from 'vitest';
import { shadowHeaders } from './shadow-headers.js';

function valueOf(headers: readonly string[], name: string): string | undefined {
  return headers[headers.indexOf(name) + 1];
}

test.each([
  ['reviews', 'reviews-shadow'],
  ['reviews:9080', 'reviews-shadow:9080'],
  ['[::1]:80', '[::1]:80-shadow'],
])('through Istio 1.27 the copy of a request for %s is for %s', (host, expected) => {
  expect(valueOf(shadowHeaders(['host', host], true, '10.0.0.1'), 'host')).toBe(expected);
  expect(valueOf(shadowHeaders(['host', host], false, '10.0.0.1'), 'host')).toBe(host);
});

test('a copy says that it comes from the mesh, and through whom', () => {
  const own = ['x-envoy-attempt-count', '1', 'x-envoy-internal', 'true'];
  const headers = ['host', 'reviews', 'x-request-id', 'a', 'x-forwarded-for', '10.0.0.9'];
  const passedOn = ['host', 'reviews', 'x-request-id', 'a', 'x-forwarded-for', '10.0.0.9,10.0.0.1'];
  expect(shadowHeaders(headers, false, '10.0.0.1')).toEqual([...own, ...passedOn]);
  expect(valueOf(shadowHeaders(['host', 'reviews'], false, '10.0.0.1'), 'x-forwarded-for')).toBe('10.0.0.1');
});
