// The behaviour that docs/route-semantics.md describes under "Servers of HTTPS".
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableOf } from '@bookinfo/compiler/testing';
import type { RouteTable, TlsServer } from '@bookinfo/routing';
import { INGRESS, pod } from '@bookinfo/rules/testing';
import { ask, askRaw, type Backend, makeCertificate } from '@bookinfo/testing';
import { startEchoBackend, type Seen } from '../support/echo-backend.js';
import { ENGINES, startEngine, type RunningEngine } from '../support/engine.js';

const SHOP = makeCertificate('DNS:shop.example.com');
const ANY = makeCertificate('DNS:*.example.com');

const servers: TlsServer[] = [
  { serverNames: ['shop.example.com'], certificate: SHOP },
  { serverNames: ['*.example.com'], certificate: ANY },
  { serverNames: ['new.example.com'] },
];
const server = (host: string, name: string): string =>
  `{ port: { number: 443, name: ${name}, protocol: HTTPS }, hosts: ['${host}'], tls: { mode: SIMPLE, credentialName: ${name} } }`;
const rule = (name: string, host: string, http: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec: { hosts: ['${host}'], gateways: [front], http: [${http}] }
---
`;
const to = (version: string): string => `route: [{ destination: { host: reviews, subset: ${version} } }]`;
const rules = (shopVersion = 'v1'): string =>
  `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec:
  selector: { istio: ingressgateway }
  servers: [${server('shop.example.com', 'shop')}, ${server('*.example.com', 'any')}, ${server('new.example.com', 'new')}]
---
` +
  rule(
    'shop',
    'shop.example.com',
    `{ match: [{ uri: { prefix: /old } }], redirect: { uri: /new } }, { match: [{ uri: { prefix: /plain }, scheme: { exact: http } }], directResponse: { status: 418 } }, { match: [{ scheme: { exact: https } }], ${to(shopVersion)} }`,
  ) +
  rule('any', '*.example.com', `{ ${to('v2')} }`);

/** Returns true when the connection is closed during the handshake. */
function isRefused(port: number, servername: string, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca, checkServerIdentity: () => undefined });
    socket
      .once('secureConnect', () => {
        socket.destroy();
        resolve(false);
      })
      .once('error', () => resolve(true));
  });
}

describe.each(ENGINES)('a listener of HTTPS, on %s', (engine) => {
  const backends: Backend[] = [];
  let proxy: RunningEngine;
  const table = (shopVersion?: string): RouteTable =>
    tableOf(
      rules(shopVersion),
      INGRESS,
      backends.map(({ endpoint }) => pod(endpoint.pod, { ports: { 9080: endpoint.port } })),
    );
  const get = (host: string, { servername = host, ca = SHOP.cert, path = '/', method = 'GET' } = {}) =>
    ask(proxy.port, { method, path, headers: { host }, tls: { servername, ca } });
  const seenBy = async (...request: Parameters<typeof get>): Promise<Seen> =>
    JSON.parse((await get(...request)).body) as Seen;

  beforeAll(async () => {
    for (const name of ['reviews-v1', 'reviews-v2'])
      backends.push(await startEchoBackend(name, () => undefined));
    proxy = await startEngine(engine, { role: 'gateway', table: table(), listenerPort: 443, tls: servers });
  });
  afterAll(async () => {
    for (const part of [proxy, ...backends]) await part[Symbol.asyncDispose]();
  });

  test('the server name selects the certificate and the routes', async () => {
    expect((await seenBy('shop.example.com')).pod).toBe('reviews-v1');
    expect((await seenBy('a.example.com', { ca: ANY.cert })).pod).toBe('reviews-v2');
    expect((await seenBy('SHOP.example.com:8443', { servername: 'SHOP.example.com' })).pod).toBe(
      'reviews-v1',
    );
    await expect(get('a.example.com', { ca: SHOP.cert })).rejects.toThrow('self-signed certificate');
  });

  test("a Host that the server name's server lacks gets 404, although another server has it", async () => {
    expect((await get('a.example.com', { servername: 'shop.example.com' })).status).toBe(404);
    const { pod: name } = await seenBy('b.example.com', { servername: 'a.example.com', ca: ANY.cert });
    expect(name).toBe('reviews-v2');
  });

  test.each([
    ['no server has the name', 'example.org'],
    ['there is no name', ''],
    ['the server of the name has no certificate', 'new.example.com'],
  ])('the connection is closed when %s', async (_, servername) => {
    expect(await isRefused(proxy.port, servername, ANY.cert)).toBe(true);
  });

  test('plain text is not answered', async () => {
    const answer = await askRaw(proxy.port, 'GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n');
    expect(answer).not.toContain('HTTP/1.1');
  });

  test('a backend sees the scheme of the client, whatever the client claims', async () => {
    const { headers } = JSON.parse(
      (
        await ask(proxy.port, {
          path: '/',
          headers: { host: 'shop.example.com', 'x-forwarded-proto': 'http' },
          tls: { servername: 'shop.example.com', ca: SHOP.cert },
        })
      ).body,
    ) as Seen;
    expect(headers['x-forwarded-proto']).toBe('https');
  });

  test('rules compare the scheme, and redirects keep it', async () => {
    expect((await get('shop.example.com', { path: '/plain' })).status).toBe(200);
    const { headers } = await get('shop.example.com', { path: '/old' });
    expect(headers.location).toBe('https://shop.example.com/new');
  });

  test('a new table and new certificates apply to the next connection', async () => {
    await proxy.setTable(table('v2'));
    expect((await seenBy('shop.example.com')).pod).toBe('reviews-v2');
    const renewed = makeCertificate('DNS:shop.example.com');
    await proxy.setTls([{ serverNames: ['shop.example.com'], certificate: renewed }, ...servers.slice(1)]);
    await expect
      .poll(() => seenBy('shop.example.com', { ca: renewed.cert }).then(({ pod: name }) => name, String))
      .toBe('reviews-v2');
    expect(await isRefused(proxy.port, 'shop.example.com', SHOP.cert)).toBe(true);
    await proxy.setTls(servers);
  });
});
