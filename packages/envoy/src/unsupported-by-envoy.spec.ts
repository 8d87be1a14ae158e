import type { Route, RouteTable } from '@bookinfo/routing';
import { tableOf } from '@bookinfo/routing/testing';
import { expect, test } from 'vitest';
import { configFiles } from './config-files.js';
import { UnsupportedByEnvoy } from './unsupported-by-envoy.js';

const filesFor = (table: RouteTable) =>
  configFiles(
    table,
    { role: 'sidecar', listenerPort: 80, address: '127.0.0.1', port: 0, hasAccessLog: false },
    '/tmp',
  );

const matches = (value: string): Partial<Route> => ({
  match: {
    path: { kind: 'path-separated-prefix', value, ignoreCase: false },
    headers: [],
    queryParameters: [],
  },
});

test('a path-separated prefix that ends in a slash is refused, and the message names the route', () => {
  const table = tableOf({ route: matches('/a/') });
  expect(() => filesFor(table)).toThrow(UnsupportedByEnvoy);
  expect(() => filesFor(table)).toThrow(
    'route "default": Envoy cannot express this: path-separated-prefix "/a/" (Envoy accepts none that ends in a slash)',
  );
  expect(() => filesFor(tableOf({ route: matches('/') }))).not.toThrow();
});

test('a prefix replaced by the empty string is refused', () => {
  expect(() => filesFor(tableOf({ action: { rewrite: { kind: 'prefix', value: '' } } }))).toThrow(
    'Envoy cannot express this: a prefix replaced by the empty string',
  );
});

test('a domain that ends in a wildcard is refused for a sidecar, whose domains contain the port', () => {
  const table = tableOf({});
  const virtualHosts = [{ name: 'wildcard', domains: ['reviews.*'], routes: [] }];
  const routeConfigurations = new Map([[9080, [{ name: '9080', virtualHosts }]]]);
  expect(() => filesFor({ ...table, routeConfigurations })).toThrow(
    'the domain "reviews.*" of port 9080: no port can follow a wildcard of Envoy',
  );
});
