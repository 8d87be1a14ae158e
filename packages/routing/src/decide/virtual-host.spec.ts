import { expect, test } from 'vitest';
import type { RouteConfiguration } from '../route-table/route-table.js';
import { findVirtualHost } from './virtual-host.js';

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
  expect(findVirtualHost(table, authority)?.name).toBe(domain);
});

test('without a domain for it a host has no virtual host', () => {
  const named: RouteConfiguration = { ...table, virtualHosts: table.virtualHosts.slice(-2) };
  expect(findVirtualHost(named, 'example.org')).toBeUndefined();
});
