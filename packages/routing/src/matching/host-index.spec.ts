import { expect, test } from 'vitest';
import type { RouteConfiguration } from '../route-table/route-table.js';
import { HostIndex } from './host-index.js';

const DOMAINS = ['*', 'api.*', 'api.shop.*', '*.com', '*.example.com', 'www.example.com', '[::1]'];
const table: RouteConfiguration = {
  name: '80',
  virtualHosts: DOMAINS.map((domain) => ({ name: domain, domains: [domain], routes: [] })),
};

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
  expect(new HostIndex(table).find(authority)?.name).toBe(domain);
});

test('a host that no domain covers has no virtual host', () => {
  const named: RouteConfiguration = { ...table, virtualHosts: table.virtualHosts.slice(-2) };
  expect(new HostIndex(named).find('example.org')).toBeUndefined();
});
