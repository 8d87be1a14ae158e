import { expect, test } from 'vitest';
import { outcomeOf, routesOf, tableOf } from '../testing/bookinfo-mesh.js';
import { INGRESS, SIDECAR } from '@bookinfo/rules/testing';
import type { Client } from '@bookinfo/rules';

/** Rules for reviews, of sidecars and of the Gateway `front`; `http` is a YAML flow sequence. */
const rules = (http: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: {}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], gateways: [mesh, front], http: ${http} }
`;
const to = (version: string): string => `route: [{ destination: { host: reviews, subset: ${version} } }]`;
const ALL = 'reviews-v1 reviews-v2 reviews-v3';
const AUTHORITY = 'reviews.default.svc.cluster.local';

/** Returns the outcome of a client's request when v2 has the match, and v1 has none. */
function ask(match: string, client: Client = SIDECAR): string {
  const table = tableOf(rules(`[{ match: [${match}], ${to('v2')} }, { ${to('v1')} }]`), client);
  return outcomeOf(table, { authority: AUTHORITY });
}
const from = (namespace: string, labels: Client['labels']): Client => ({
  kind: 'sidecar',
  namespace,
  labels,
});

test('sourceLabels have to be among those of the client', () => {
  const match = '{ sourceLabels: { app: productpage } }';
  expect(ask(match, from('default', { app: 'productpage', version: 'v1' }))).toBe('reviews-v2');
  expect(ask(match, from('default', { app: 'ratings' }))).toBe('reviews-v1');
  expect(ask('{ sourceLabels: { app: productpage, version: v1 } }')).toBe('reviews-v1');
});

test('sourceNamespace has to be that of the client', () => {
  expect(ask('{ sourceNamespace: default }')).toBe('reviews-v2');
  expect(ask('{ sourceNamespace: default }', from('other', {}))).toBe('reviews-v1');
});

test('an entry with gateways ignores sourceLabels and sourceNamespace', () => {
  const match = '{ gateways: [mesh], sourceLabels: { app: missing }, sourceNamespace: missing }';
  expect(ask(match)).toBe('reviews-v2');
  expect(ask(match, INGRESS)).toBe('reviews-v1');
});

test.each(['front', './front', 'default/front'])(
  'an entry for the gateway %s is for that alone',
  (gateway) => {
    expect(ask(`{ gateways: [${gateway}] }`)).toBe('reviews-v1');
    expect(ask(`{ gateways: [${gateway}] }`, INGRESS)).toBe('reviews-v2');
  },
);

test('port is the one that the client calls', () => {
  expect(ask('{ port: 9080 }')).toBe('reviews-v2');
  expect(ask('{ port: 80 }')).toBe('reviews-v1');
  expect(ask('{ port: 80 }', INGRESS)).toBe('reviews-v2');
});

test('entries are alternatives, also when one applies to other clients only', () => {
  expect(ask('{ port: 80 }, { sourceLabels: { app: productpage } }')).toBe('reviews-v2');
});

test('a sidecar without an applicable rule has the default route of the Service', () => {
  const table = tableOf(rules(`[{ match: [{ sourceLabels: { app: ratings } }], ${to('v2')} }]`));
  expect(outcomeOf(table)).toBe(ALL);
  expect(routesOf(table, 'reviews').map(({ name }) => name)).toEqual(['default']);
});

test('the next VirtualService applies when no rule of the first one does', () => {
  const others = rules(`[{ match: [{ sourceLabels: { app: ratings } }], ${to('v2')} }]`);
  const next = rules(`[{ ${to('v3')} }]`)
    .split('---')[1]
    ?.replace('name: reviews', 'name: younger');
  expect(outcomeOf(tableOf(`${others}---${next}`))).toBe('reviews-v3');
});

test('a gateway without an applicable rule has no virtual host', () => {
  const table = tableOf(rules(`[{ match: [{ gateways: [mesh] }], ${to('v2')} }]`), INGRESS);
  expect(table.routeConfigurations.get(80)?.[0]?.virtualHosts).toEqual([]);
});

test('a host without a Service and without an applicable rule has no virtual host', () => {
  const table = tableOf(
    rules(`[{ match: [{ port: 9080 }], ${to('v2')} }]`).replace('[reviews]', '[books.test]'),
  );
  expect(outcomeOf(table, { authority: 'books.test', port: 80 })).toBe('passthrough');
});

test('an entry that matches everything ends the list only when it applies to this listener', () => {
  const http = `[{ match: [{ sourceLabels: { app: ratings } }], ${to('v1')} }, { match: [{ uri: { prefix: / } }], ${to('v2')} }, { ${to('v3')} }]`;
  expect(routesOf(tableOf(rules(http)), 'reviews')).toHaveLength(1);
  expect(outcomeOf(tableOf(rules(http)))).toBe('reviews-v2');
});
