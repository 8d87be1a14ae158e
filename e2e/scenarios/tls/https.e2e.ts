import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { makeCertificate } from '@bookinfo/testing';
import { describe, expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { lacks, target } from '../../support/target/index.ts';

const HOST = 'shop.example.com';
const GATEWAY = 'istio-ingressgateway';

type Certificate = ReturnType<typeof makeCertificate>;

const secret = ({ cert, key }: Certificate) => `
apiVersion: v1
kind: Secret
metadata: { name: shop, namespace: istio-system }
type: kubernetes.io/tls
stringData: ${JSON.stringify({ 'tls.crt': cert, 'tls.key': key })}
`;

/** The page by HTTPS for one host, and a redirect to it for requests of HTTP. */
const SHOP = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: [${HOST}]
      tls: { mode: SIMPLE, credentialName: shop }
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [${HOST}]
      tls: { httpsRedirect: true }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec:
  hosts: [${HOST}]
  gateways: [shop]
  http:
    - match: [{ uri: { exact: / } }]
      redirect: { uri: /productpage }
    - route: [{ destination: { host: productpage, port: { number: 9080 } } }]
`;

interface Answer {
  status: number;
  location: string | undefined;
  body: string;
}

function answerTo(url: string, options: https.RequestOptions): Promise<Answer> {
  const { protocol, hostname, port } = new URL(url);
  const { request } = protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    // Each on a connection of its own.
    request({ hostname, port, agent: false, headers: { host: HOST }, ...options }, (response) => {
      const { statusCode: status = 0, headers } = response;
      text(response).then((body) => resolve({ status, location: headers.location, body }), reject);
    })
      .once('error', reject)
      .end();
  });
}

/** Requests a path by HTTPS, and trusts this certificate alone. */
async function ask(path: string, { cert: ca }: Certificate, servername = HOST): Promise<Answer> {
  return await answerTo(await target.gatewayUrl(GATEWAY, 443), { path, servername, ca });
}

describe.skipIf(lacks('tls'))('HTTPS', () => {
  test('the page is served by HTTPS with the certificate of a Secret, and redirects keep the scheme', async () => {
    const certificate = makeCertificate(`DNS:${HOST}`);
    await using _rules = await appliedText(secret(certificate) + SHOP);
    const page = await ask('/productpage', certificate);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('Simple Bookstore App')]);
    expect((await ask('/', certificate)).location).toBe(`https://${HOST}/productpage`);
  });

  test('a connection for another name is closed', async () => {
    const certificate = makeCertificate(`DNS:${HOST}`, 'DNS:other.example.com');
    await using _rules = await appliedText(secret(certificate) + SHOP);
    expect((await ask('/productpage', certificate)).status).toBe(200);
    await expect(ask('/productpage', certificate, 'other.example.com')).rejects.toThrow(
      /ECONNRESET|socket disconnected|handshake/,
    );
  });

  test('a new certificate in the Secret is shown to the next client', async () => {
    const [first, second] = [makeCertificate(`DNS:${HOST}`), makeCertificate(`DNS:${HOST}`)];
    await using _rules = await appliedText(secret(first) + SHOP);
    expect((await ask('/productpage', first)).status).toBe(200);
    await using _renewed = await appliedText(secret(second));
    expect((await ask('/productpage', second)).status).toBe(200);
    await expect(ask('/productpage', first)).rejects.toThrow('self-signed certificate');
  });

  test('a request of HTTP for the host is redirected to HTTPS', async () => {
    await using _rules = await appliedText(secret(makeCertificate(`DNS:${HOST}`)) + SHOP);
    const { status, location } = await answerTo(target.ingressUrl, { path: '/productpage' });
    expect([status, location]).toEqual([301, `https://${HOST}/productpage`]);
  });
});
