import { expect, test } from 'vitest';
import { decide, Matcher } from '@bookinfo/routing';
import { noDraw, outcomeOf, request, routesOf, tableOf, virtualHostsOf } from '../testing/bookinfo-mesh.js';
import { INGRESS } from '@bookinfo/rules/testing';

interface Setup {
  selector?: string;
  server?: string;
  tls?: string;
  hosts?: string;
  gateways?: string;
  namespace?: string;
}

/** A Gateway `front` in the namespace default, and a VirtualService to reviews v1 bound to it. */
function setup({
  selector = '{ istio: ingressgateway }',
  server = "'*'",
  hosts = "'*'",
  gateways = 'front',
  namespace = 'default',
  tls = '{}',
}: Setup): ReturnType<typeof tableOf> {
  return tableOf(
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: ${selector}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${server}], tls: ${tls} }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: ${namespace} }
spec:
  hosts: [${hosts}]
  gateways: [${gateways}]
  http: [{ route: [{ destination: { host: reviews.default.svc.cluster.local, subset: v1 } }] }]
`,
    INGRESS,
  );
}
const ask = (given: Setup, authority = 'www.example.com:8080'): string =>
  outcomeOf(setup(given), { authority });

test('a VirtualService bound to a Gateway of the proxy applies', () => {
  expect(ask({})).toBe('reviews-v1');
  expect(ask({ gateways: './front' })).toBe('reviews-v1');
  expect(ask({ gateways: 'default/front' })).toBe('reviews-v1');
  expect(ask({ gateways: 'default/front', namespace: 'shop' })).toBe('reviews-v1');
  expect(ask({ selector: '{}' })).toBe('reviews-v1');
});

const serverAt = (port: number, host: string): string =>
  `{ port: { number: ${port}, name: http-${port}, protocol: HTTP }, hosts: [${host}] }`;

test('each port of a Gateway has the hosts of its own servers', () => {
  const table = tableOf(
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: { istio: ingressgateway }, servers: [${serverAt(80, 'a.com')}, ${serverAt(9090, 'b.com')}] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec: { hosts: ['*'], gateways: [front], http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }] }
`,
    INGRESS,
  );
  const outcomesAt = (port: number): string[] =>
    ['a.com', 'b.com'].map((authority) => outcomeOf(table, { port, authority }));
  expect(outcomesAt(80)).toEqual(['reviews-v1', 'route-not-found']);
  expect(outcomesAt(9090)).toEqual(['route-not-found', 'reviews-v1']);
});

test('a VirtualService bound elsewhere, or to a Gateway of other proxies, does not apply', () => {
  expect(ask({ gateways: 'back' })).toBe('route-not-found');
  expect(ask({ gateways: 'mesh', hosts: 'www.example.com' })).toBe('route-not-found');
  expect(ask({ gateways: 'front', namespace: 'shop' })).toBe('route-not-found');
  expect(ask({ gateways: 'shop/front' })).toBe('route-not-found');
  expect(ask({ selector: '{ istio: egressgateway }' })).toBe('route-not-found');
});

test('the hosts are those that the server and the VirtualService share', () => {
  expect(ask({ server: "'*.example.com'" })).toBe('reviews-v1');
  expect(ask({ server: "'*.example.com'" }, 'www.example.org')).toBe('route-not-found');
  expect(ask({ hosts: "'*.example.com'", server: 'www.example.com' })).toBe('reviews-v1');
  expect(ask({ hosts: "'*.example.com'", server: 'www.example.com' }, 'api.example.com')).toBe(
    'route-not-found',
  );
  expect(ask({ hosts: 'www.example.com', server: 'api.example.com' })).toBe('route-not-found');
});

test('a server can limit the namespaces of its VirtualServices', () => {
  expect(ask({ server: "'./*'" })).toBe('reviews-v1');
  expect(ask({ server: "'*/*'" })).toBe('reviews-v1');
  expect(ask({ server: "'default/*'" })).toBe('reviews-v1');
  expect(ask({ server: "'shop/*'" })).toBe('route-not-found');
  expect(ask({ server: "'./*'", namespace: 'shop', gateways: 'default/front' })).toBe('route-not-found');
});

test('a server on two ports is one listener, so each route occurs once', () => {
  const table = setup({ server: "'*', '*.com'" });
  expect(virtualHostsOf(table, 80).map(({ domains, routes }) => [domains, routes.length])).toEqual([
    [['*'], 1],
    [['*.com'], 1],
  ]);
});

const locationOf = (given: Setup, authority: string): string | undefined => {
  const asked = request({ port: 80, authority, path: '/a?b' });
  const { outcome } = decide(new Matcher(setup({ tls: '{ httpsRedirect: true }', ...given })), asked, noDraw);
  return outcome.kind === 'redirect' ? `${outcome.status} ${outcome.location}` : undefined;
};

test('a server with httpsRedirect sends every request of its hosts to https', () => {
  expect(locationOf({}, 'www.example.com:8080')).toBe('301 https://www.example.com:8080/a?b');
  expect(locationOf({ gateways: 'none' }, 'www.example.com')).toBe('301 https://www.example.com/a?b');
  expect(locationOf({ hosts: 'www.example.com' }, 'www.example.com')).toBe('301 https://www.example.com/a?b');
  expect(locationOf({ server: 'api.example.com' }, 'www.example.com')).toBeUndefined();
  expect(locationOf({ tls: '{ httpsRedirect: false }' }, 'www.example.com')).toBeUndefined();
});

test('an httpsRedirect names its Gateway', () => {
  const [route] = routesOf(setup({ tls: '{ httpsRedirect: true }' }), '*', 80);
  expect(route?.rule).toMatchObject({ resource: 'Gateway/default/front', origin: { line: 5 } });
});

test('a host of a Gateway with a capital letter covers no VirtualService, whose hosts are read in lower case', () => {
  expect(ask({ server: 'www.Example.com', hosts: 'www.Example.com' })).toBe('route-not-found');
  expect(ask({ server: "'*.Example.com'", hosts: 'www.example.com' })).toBe('route-not-found');
  expect(ask({ server: 'www.example.com', hosts: 'www.Example.com' })).toBe('reviews-v1');
  expect(ask({ server: 'www.Example.com', tls: '{ httpsRedirect: true }' })).toBe('redirect');
});
