import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { startBackend, makeCertificate, ask, type Answer } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { pod, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';
import type { TlsOrigination } from '@bookinfo/routing';
import { compile } from '@bookinfo/compiler';
import { DEFAULT_MESH_CONFIG, modelOf } from '@bookinfo/rules';
import { listen, LOOPBACK } from '@bookinfo/effects';
import { Proxy } from '@bookinfo/proxy';

const certificate = makeCertificate('DNS:books.example', 'URI:spiffe://books');

/** A server of https that answers with the name that it was asked for. */
async function startHttps() {
  const server = createServer(certificate, ({ socket }, response) =>
    response.end(`asked for ${String((socket as TLSSocket).servername)}`),
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

/** What a client of http://books.example gets, of which `tls` says how it is called. */
async function askBooks(tls: Partial<TlsOrigination>): Promise<Answer> {
  await using https = await startHttps();
  const origination = { subjectAltNames: [], insecureSkipVerify: false, ...tls };
  const table = tableOf({ endpoints: [https.endpoint], cluster: { tls: origination } });
  await using proxy = await Proxy.start({ role: 'gateway', table });
  return await ask(proxy.port, { path: '/', headers: { host: 'reviews' } });
}

/** For the time of one test. */
function trustCertificate(): Disposable {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate.cert]);
  return { [Symbol.dispose]: () => setDefaultCACertificates(before) };
}

test('the server is asked for by the Host, and believed without a look where the rule says so', async () => {
  expect(await askBooks({ insecureSkipVerify: true })).toMatchObject({
    status: 200,
    body: 'asked for reviews',
  });
  expect(await askBooks({ insecureSkipVerify: true, sni: 'other.example' })).toMatchObject({
    body: 'asked for other.example',
  });
});

test('a certificate that nobody vouches for is not accepted', async () => {
  const answer = await askBooks({ sni: 'books.example' });
  expect(answer.status).toBe(503);
  expect(answer.body).toMatch(
    /before headers\. retried and the latest reset reason: remote connection failure, transport failure reason: TLS_error:/,
  );
});

async function status(tls: Partial<TlsOrigination>): Promise<number> {
  return (await askBooks(tls)).status;
}

test('a certificate has to be for the name that is asked for, or for one of those that the rule lists', async () => {
  using _ = trustCertificate();
  expect(await status({ sni: 'books.example' })).toBe(200);
  expect(await status({})).toBe(503);
  expect(await status({ subjectAltNames: ['other.example', 'books.example'] })).toBe(200);
  expect(await status({ subjectAltNames: ['spiffe://books'] })).toBe(200);
  expect(await status({ sni: 'books.example', subjectAltNames: ['spiffe://other'] })).toBe(503);
});

test('TLS with a backend that does not speak it fails, as with a wrong mode in a cluster', async () => {
  await using backend = await startBackend('reviews-v1');
  const tls = { subjectAltNames: [], insecureSkipVerify: true };
  const table = tableOf({ endpoints: [backend.endpoint], cluster: { tls } });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  expect((await ask(proxy.port)).status).toBe(503);
});

test('an external host is called by TLS though its clients are in the clear: ServiceEntry and DestinationRule', async () => {
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
  const answer = await ask(proxy.port, { url: 'http://books.example/' });
  expect(answer).toMatchObject({ status: 200, body: 'asked for books.example' });
});

test('connections are kept by the name that was asked for', async () => {
  await using https = await startHttps();
  const tls = { subjectAltNames: [], insecureSkipVerify: true };
  const table = tableOf({ endpoints: [https.endpoint], cluster: { tls } });
  await using proxy = await Proxy.start({ role: 'gateway', table });
  const names = [];
  for (const host of ['reviews', 'REVIEWS:9080', 'reviews'])
    names.push((await ask(proxy.port, { path: '/', headers: { host } })).body);
  expect(names).toEqual(['asked for reviews', 'asked for reviews', 'asked for reviews']);
});
