// The behaviour that docs/route-semantics.md describes under "Rewrites, redirects and direct responses".
import { expect, test } from 'vitest';
import { tableOf as compiled } from '@bookinfo/compiler/testing';
import { INGRESS } from '@bookinfo/rules/testing';
import { ask, askRaw } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/routing/testing';
import { Proxy } from '@bookinfo/proxy';

/** Starts the sidecar of another workload, with one rule for reviews. */
const rule = (http: string) =>
  compiled(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ ${http} }] }
`);

test.each([
  ['{ uri: /b }', 301, 'http://reviews:9080/b?q=1'],
  ['{ uri: "/b?r=2", redirectCode: 302 }', 302, 'http://reviews:9080/b?r=2'],
  ['{ authority: ratings, redirectCode: 303 }', 303, 'http://ratings/a?q=1'],
  ['{ scheme: https, redirectCode: 307 }', 307, 'https://reviews:9080/a?q=1'],
  ['{ port: 8443, redirectCode: 308 }', 308, 'http://reviews:8443/a?q=1'],
  ['{ authority: x, derivePort: FROM_REQUEST_PORT }', 301, 'http://x:9080/a?q=1'],
  ['{ authority: x, derivePort: FROM_PROTOCOL_DEFAULT }', 301, 'http://x/a?q=1'],
])('a redirect %s is answered %i with Location %s', async (redirect, status, location) => {
  await using proxy = await Proxy.start({ role: 'sidecar', table: rule(`redirect: ${redirect}`) });
  const response = await ask(proxy.port, { url: 'http://reviews:9080/a?q=1' });
  expect(response).toMatchObject({ status, body: '', headers: { location, 'content-length': '0' } });
  expect(response.headers).not.toHaveProperty('content-type');
});

test('a direct response is sent as it is written, without a backend', async () => {
  const table = rule('directResponse: { status: 418, body: { string: "tea\\u00fc" } }');
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const headers = { 'content-type': 'text/plain', 'content-length': '5', server: 'istio-envoy' };
  expect(await ask(proxy.port)).toMatchObject({ status: 418, body: 'teaü', headers });
  expect(await ask(proxy.port, { method: 'HEAD' })).toMatchObject({ status: 418, body: '', headers });
});

test('a direct response has its body in Base64, or none', async () => {
  const bytes = rule('directResponse: { status: 200, body: { bytes: w7w= } }');
  await using proxy = await Proxy.start({ role: 'sidecar', table: bytes });
  expect(await ask(proxy.port)).toMatchObject({ status: 200, body: 'ü' });
  proxy.setTable(rule('directResponse: { status: 204 }'));
  expect(await ask(proxy.port)).toMatchObject({ status: 204, body: '' });
});

test('a rule at the gateway redirects too', async () => {
  const table = compiled(
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: front }
spec: { hosts: ['*'], gateways: [front], http: [{ redirect: { uri: /productpage } }] }
`,
    INGRESS,
  );
  await using proxy = await Proxy.start({ role: 'gateway', table });
  expect(await ask(proxy.port, { path: '/', headers: { host: 'bookinfo.example' } })).toMatchObject({
    status: 301,
    headers: { location: 'http://bookinfo.example/productpage' },
  });
});

test('an undeclared host is blocked with 502 and no body where the port has a listener', async () => {
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ unmatchedHost: 'block' }) });
  expect(await ask(proxy.port, { url: 'http://example.com:9080/' })).toMatchObject({ status: 502, body: '' });
});

test('an undeclared host is blocked by closing the connection where the port has no listener', async () => {
  await using proxy = await Proxy.start({ role: 'sidecar', table: tableOf({ unmatchedHost: 'block' }) });
  const bytes = 'GET http://example.com:8081/ HTTP/1.1\r\nHost: example.com:8081\r\n\r\n';
  expect(await askRaw(proxy.port, bytes)).toBe('');
});
