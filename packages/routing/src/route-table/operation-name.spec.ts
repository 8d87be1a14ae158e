import { expect, test } from 'vitest';
import { tableOf, type TableParts } from '../testing/index.js';
import { operationName } from './operation-name.js';
import type { Route } from './route-table.js';

const HOST = 'reviews.default.svc.cluster.local';
const routeOf = (parts: TableParts): Route =>
  tableOf(parts).routeConfigurations.get(9080)?.[0]?.virtualHosts[0]?.routes[0] as Route;
const matching = (
  kind: 'exact' | 'prefix' | 'path-separated-prefix' | 'regex',
  value: string,
): TableParts => ({
  route: { match: { path: { kind, value, ignoreCase: false }, headers: [], queryParameters: [] } },
});
const rule = { resource: 'VirtualService/default/shift', origin: { file: 'a.yaml', line: 1, column: 1 } };

test.each<[string, TableParts, string]>([
  ['no match', {}, `${HOST}:9080/*`],
  ['a prefix', matching('prefix', '/api/'), `${HOST}:9080/api/*`],
  ['a path', matching('exact', '/productpage'), `${HOST}:9080/productpage`],
  ['a regular expression', matching('regex', '/a.*'), `${HOST}:9080/a.*`],
  ['a prefix of whole segments', matching('path-separated-prefix', '/a'), `${HOST}:9080/*`],
])('a route with %s is named after its host, port and path', (_, parts, name) => {
  expect(operationName(routeOf({ subset: 'v1', ...parts }), 80)).toBe(name);
});

test('a route to several clusters is named after its VirtualService and the listener’s port', () => {
  const weightedClusters = ['v1', 'v3'].map((subset) => ({
    name: `outbound|9080|${subset}|${HOST}`,
    weight: 50,
  }));
  expect(operationName(routeOf({ action: { weightedClusters }, route: { rule } }), 9080)).toBe(
    'shift:9080/*',
  );
});

test('a route without a host and without a rule has no name', () => {
  const weightedClusters = [{ name: 'inbound|9080||', weight: 1 }];
  expect(operationName(routeOf({ action: { weightedClusters } }), 9080)).toBeUndefined();
});
