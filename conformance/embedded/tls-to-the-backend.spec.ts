// The behaviour that docs/route-semantics.md describes under "TLS to the backend".
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { startBackend, makeCertificate, ask, type HttpResponse } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { pod, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';
import type { TlsOrigination } from '@bookinfo/routing';
import { compile } from '@bookinfo/compiler';
import { DEFAULT_MESH_CONFIG, modelOf } from '@bookinfo/rules';
import { listen, LOOPBACK } from '@bookinfo/effects';
import { Proxy } from '@bookinfo/proxy';

const certificate = makeCertificate('DNS:books.example', 'URI:spiffe://books');

/** An HTTPS server that responds with the requested server name. */
async function startHttps() {
  const server = createServer(certificate, ({ socket }, response) =>
    response.end(`requested ${String((socket as TLSSocket).servername)}`),
  );
  await listen(server, 0, LOOPBACK);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: { address: LOOPBACK, port, pod: 'books', labels: {} },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns the response to a client of http://books.example, which is called with the settings `tls`. */
async function askBooks(tls: Partial<TlsOrigination>): Promise<HttpResponse> {
  await using https = await startHttps();
  const origination = { subjectAltNames: [], insecureSkipVerify: false, ...tls };
  const table = tableOf({ endpoints: [https.endpoint], cluster: { tls: origination } });
  await using proxy = await Proxy.start({ role: 'gateway', table });
  return await ask(proxy.port, { path: '/', headers: { host: 'reviews' } });
}

/** Trusts the certificate until the test ends. */
function trustCertificate(): Disposable {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate.cert]);
  return { [Symbol.dispose]: () => setDefaultCACertificates(before) };
}

test('the server name is that of the Host, and insecureSkipVerify accepts any certificate', async () => {
  expect(await askBooks({ insecureSkipVerify: true })).toMatchObject({
    status: 200,
    body: 'requested reviews',
  });
  expect(await askBooks({ insecureSkipVerify: true, sni: 'other.example' })).toMatchObject({
    body: 'requested other.example',
  });
});

test('a certificate of an unknown authority is refused', async () => {
  const response = await askBooks({ sni: 'books.example' });
  expect(response.status).toBe(503);
  expect(response.body).toMatch(
    /before headers\. retried and the latest reset reason: remote connection failure, transport failure reason: TLS_error:/,
  );
});

async function status(tls: Partial<TlsOrigination>): Promise<number> {
  return (await askBooks(tls)).status;
}

test('a certificate must be valid for the requested name, or for one of subjectAltNames', async () => {
  using _ = trustCertificate();
  expect(await status({ sni: 'books.example' })).toBe(200);
  expect(await status({})).toBe(503);
  expect(await status({ subjectAltNames: ['other.example', 'books.example'] })).toBe(200);
  expect(await status({ subjectAltNames: ['spiffe://books'] })).toBe(200);
  expect(await status({ sni: 'books.example', subjectAltNames: ['spiffe://other'] })).toBe(503);
});

test('TLS to a backend without TLS fails', async () => {
  await using backend = await startBackend('reviews-v1');
  const tls = { subjectAltNames: [], insecureSkipVerify: true };
  const table = tableOf({ endpoints: [backend.endpoint], cluster: { tls } });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect((await ask(proxy.port)).status).toBe(503);
});

test('with a ServiceEntry and a DestinationRule an external host is called by TLS for plain HTTP clients', async () => {
  await using https = await startHttps();
  const resources = resourcesOf(`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec:
  hosts: [books.example]
  ports: [{ number: 80, name: http, protocol: HTTP, targetPort: ${https.endpoint.port} }]
  resolution: STATIC
  endpoints: [{ address: 127.0.0.1 }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: books }
spec: { host: books.example, trafficPolicy: { tls: { mode: SIMPLE } } }
`);
  using _ = trustCertificate();
  const table = compile(modelOf(resources, [pod('reviews-v1')], DEFAULT_MESH_CONFIG), SIDECAR);
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const response = await ask(proxy.port, { url: 'http://books.example/' });
  expect(response).toMatchObject({ status: 200, body: 'requested books.example' });
});

test('connections are kept per requested server name', async () => {
  await using https = await startHttps();
  const tls = { subjectAltNames: [], insecureSkipVerify: true };
  const table = tableOf({ endpoints: [https.endpoint], cluster: { tls } });
  await using proxy = await Proxy.start({ role: 'gateway', table });
  const names = [];
  for (const host of ['reviews', 'REVIEWS:9080', 'reviews'])
    names.push((await ask(proxy.port, { path: '/', headers: { host } })).body);
  expect(names).toEqual(['requested reviews', 'requested reviews', 'requested reviews']);
});
