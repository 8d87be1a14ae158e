import { expect, test } from 'vitest';
import { HostIndex } from './host-index.js';

const DOMAINS = ['*', 'api.*', 'api.shop.*', '*.com', '*.example.com', 'www.example.com', '[::1]'];
const owners = DOMAINS.map((domain) => ({ domains: [domain] }));

test.each([
  ['www.example.com', 'www.example.com'],
  ['WWW.Example.COM:8080', 'www.example.com'],
  ['[::1]:9080', '[::1]'],
  ['a.example.com', '*.example.com'],
  ['a.b.example.com', '*.example.com'],
  ['example.com', '*.com'],
  ['.com', '*'],
  ['api.shop.com', '*.com'],
  ['api.shop.org', 'api.shop.*'],
  ['api.org', 'api.*'],
  ['api.', '*'],
  ['', '*'],
])('%s belongs to %s', (authority, domain) => {
  expect(new HostIndex(owners).find(authority)?.domains).toEqual([domain]);
});

test('a host that no domain covers has no virtual host', () => {
  expect(new HostIndex(owners.slice(-2)).find('example.org')).toBeUndefined();
});
