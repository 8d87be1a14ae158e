import { expect, test } from 'vitest';
import { Regexes } from '../matching/regexes.js';
import type { RouteRequest } from '../request/route-request.js';
import type { RedirectAction } from '../route-table/route-action.js';
import { redirectLocation } from './redirect-location.js';

function location(redirect: Partial<RedirectAction>, authority = 'books.example:8080'): string {
  const match = { kind: 'prefix' as const, value: '/red', ignoreCase: false };
  const request = { port: 9080, method: 'GET', scheme: 'http' as const, authority, headers: {} };
  const action = { kind: 'redirect' as const, status: 301 as const, ...redirect };
  return redirectLocation(action, match, { ...request, path: '/red/z?q=1' }, new Regexes());
}

const path = (value: string) => ({ path: { kind: 'path' as const, value } });

// Each location is the one that Envoy 1.40 responded with.
test.each<[string, Partial<RedirectAction>, string]>([
  ['a path: the query stays', path('/to'), 'http://books.example:8080/to?q=1'],
  ['a path with a query of its own', path('/to?x=1'), 'http://books.example:8080/to?x=1'],
  ['a prefix', { path: { kind: 'prefix', value: '/to' } }, 'http://books.example:8080/to/z?q=1'],
  ['a host: the old port is dropped', { host: 'h.example' }, 'http://h.example/red/z?q=1'],
  ['a port', { port: 8443 }, 'http://books.example:8443/red/z?q=1'],
  ['a host and a port', { host: 'h.example', port: 8443 }, 'http://h.example:8443/red/z?q=1'],
  ['a scheme: the port stays', { scheme: 'https' }, 'https://books.example:8080/red/z?q=1'],
])('%s', (_, redirect, expected) => {
  expect(location(redirect)).toBe(expected);
});

test('the default port of the scheme is left out', () => {
  expect(location({ host: 'h', port: 80 })).toBe('http://h/red/z?q=1');
  expect(location({ host: 'h', scheme: 'https', port: 443 })).toBe('https://h/red/z?q=1');
  expect(location({ host: 'h', scheme: 'https', port: 80 })).toBe('https://h:80/red/z?q=1');
});

test('the port of the request is that of its listener, and that of the protocol is left out', () => {
  expect(location({ host: 'h', port: 'from-request' })).toBe('http://h:9080/red/z?q=1');
  expect(location({ host: 'h', port: 'from-protocol' })).toBe('http://h/red/z?q=1');
});

test('port 80 of the request is left out only when the scheme becomes https', () => {
  expect(location({ scheme: 'https' }, 'books.example:80')).toBe('https://books.example/red/z?q=1');
  expect(location(path('/to'), 'books.example:80')).toBe('http://books.example:80/to?q=1');
});

test('the end of an IPv6 address is not read as a port', () => {
  expect(location({ scheme: 'https' }, '[::1]')).toBe('https://[::1]/red/z?q=1');
  expect(location({ port: 81 }, '[::1]:8080')).toBe('http://[::1]:81/red/z?q=1');
});

test('a redirect without parts of its own names the URL of the request', () => {
  const request: RouteRequest = {
    port: 9080,
    method: 'GET',
    scheme: 'http',
    authority: 'reviews:9080',
    path: '/a?b=c',
    headers: {},
  };
  expect(redirectLocation({}, undefined, request, new Regexes())).toBe('http://reviews:9080/a?b=c');
});
