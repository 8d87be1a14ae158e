// The behaviour that docs/route-semantics.md describes under "ServiceEntry and outbound traffic".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { virtualService } from '../support/resources.js';

const URL = 'http://books.example.com/';
const REGISTRY_ONLY = { meshConfig: { outboundTrafficPolicy: 'REGISTRY_ONLY' } } as const;

/** Returns a ServiceEntry for books.example.com. */
const books = (resolution: string, endpoints: string): string => `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec:
  hosts: [books.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: ${resolution}
  endpoints: ${endpoints}
`;
const SUBSETS = `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: books }
spec:
  host: books.example.com
  subsets: [{ name: one, labels: { version: v1 } }, { name: two, labels: { version: v2 } }]
`;

describe.each(ENGINES)('ServiceEntry and outbound traffic, on %s', (engine) => {
  const mesh = useMesh(engine);
  /** Returns an endpoint of a ServiceEntry that is in fact one of the mesh's pods. */
  const endpoint = (address: string, pod: string): string =>
    `{ address: ${address}, ports: { http: ${mesh.portOf(pod)} }, labels: { version: ${pod.split('-')[1]} } }`;

  test('the addresses of a ServiceEntry get the requests for its host', async () => {
    await mesh.rules(books('STATIC', `[${endpoint('127.0.0.1', 'reviews-v1')}]`));
    const { seen } = await mesh.ask(URL);
    expect(seen).toMatchObject({ pod: 'reviews-v1', headers: { host: 'books.example.com' } });
  });

  test.each(['DNS', 'DNS_ROUND_ROBIN'])('with %s the name of an endpoint is resolved', async (resolution) => {
    await mesh.rules(books(resolution, `[${endpoint('localhost', 'reviews-v2')}]`));
    expect(await mesh.responder(URL)).toBe('reviews-v2');
  });

  test('a name that does not resolve has no endpoint: 503 no healthy upstream', async () => {
    await mesh.rules(books('DNS', '[{ address: unknown.invalid }]'));
    expect(await mesh.ask(URL)).toMatchObject({ status: 503, body: 'no healthy upstream' });
  });

  test.each([
    ['LEAST_REQUEST', { heavy: 300, light: 100 }],
    ['ROUND_ROBIN', { heavy: 300, light: 100 }],
    ['RANDOM', { heavy: 200, light: 200 }],
  ])('endpoints have shares by their weights with %s as %j', async (simple, { heavy, light }) => {
    const [one, two] = ['reviews-v1', 'reviews-v2'].map((pod) => endpoint('127.0.0.1', pod));
    const policy = `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: books }
spec: { host: books.example.com, trafficPolicy: { loadBalancer: { simple: ${simple} } } }
`;
    await mesh.rules(books('STATIC', `[${one?.replace('}', '}, weight: 3')}, ${two}]`) + policy);
    const shares: Record<string, number> = {};
    for (let count = 0; count < 400; count += 1) {
      const pod = await mesh.responder(URL);
      shares[pod] = (shares[pod] ?? 0) + 1;
    }
    // Five standard deviations of random draws; a schedule is nearer.
    expect(Math.abs((shares['reviews-v1'] ?? 0) - heavy)).toBeLessThan(50);
    expect(Math.abs((shares['reviews-v2'] ?? 0) - light)).toBeLessThan(50);
  });

  test('VirtualServices apply, and subsets select by the labels of endpoints', async () => {
    const endpoints = `[${endpoint('127.0.0.1', 'reviews-v1')}, ${endpoint('127.0.0.1', 'reviews-v2')}]`;
    const route = 'route: [{ destination: { host: books.example.com, subset: two } }]';
    await mesh.rules(
      books('STATIC', endpoints) + SUBSETS + virtualService('books.example.com', `[{ ${route} }]`, 'books'),
    );
    expect(await mesh.shares(20, URL)).toEqual({ 'reviews-v2': 20 });
  });

  test('under REGISTRY_ONLY a declared host is reached, and any other gives 502 without a body', async () => {
    const rules = books('STATIC', `[${endpoint('127.0.0.1', 'reviews-v1')}]`);
    await mesh.rules(rules, REGISTRY_ONLY);
    expect(await mesh.responder(URL)).toBe('reviews-v1');
    expect(await mesh.ask('http://other.example.com/')).toMatchObject({ status: 502, body: '' });
  });
});
