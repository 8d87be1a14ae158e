import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { lacks, target } from '../../support/target/index.ts';
import { viewPage } from '../../support/page.ts';

/** An HTTPRoute with a Gateway, in addition to those of Bookinfo. */
const throughDoor = (rules: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: door }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: door }
spec: { parentRefs: [{ name: door }], rules: ${rules} }
`;

test.skipIf(lacks('gateways'))(
  'a redirect leads to the page, and a rewrite serves it below another prefix',
  async () => {
    await using _rules = await appliedText(
      throughDoor(`[
      { matches: [{ path: { type: Exact, value: / } }],
        filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath, replaceFullPath: /productpage } } }] },
      { matches: [{ path: { value: /shop } }],
        filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }],
        backendRefs: [{ name: productpage, port: 9080 }] },
      { matches: [{ path: { value: /productpage } }], backendRefs: [{ name: productpage, port: 9080 }] }]`),
    );
    const door = await target.gatewayUrl('door-istio');
    const redirect = await fetch(door, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, `${door}/productpage`]);
    expect((await fetch(door)).status).toBe(200);
    expect((await fetch(`${door}/shop/api/v1/products`)).status).toBe(200);
  },
);

test.skipIf(lacks('gateways'))(
  'response headers are changed, and an allowed origin gets CORS headers',
  async () => {
    await using _rules = await appliedText(
      throughDoor(`[{
      matches: [{ path: { value: /api } }],
      filters: [
        { type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: x-shop, value: open }], remove: [x-bookinfo-path] } },
        { type: CORS, cors: { allowOrigins: ['https://shop.example.com'] } }],
      backendRefs: [{ name: productpage, port: 9080 }] }]`),
    );
    const door = await target.gatewayUrl('door-istio');
    const { headers } = await fetch(`${door}/api/v1/products`, {
      headers: { origin: 'https://shop.example.com' },
    });
    expect(headers.get('x-shop')).toBe('open');
    expect(headers.get('x-bookinfo-path')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
  },
);

test('a backendRef to a missing Service fails the reviews of the page', async () => {
  await using _rules = await appliedText(`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: reviews }
spec:
  parentRefs: [{ group: '', kind: Service, name: reviews }]
  rules: [{ backendRefs: [{ name: missing, port: 9080 }] }]
`);
  const page = await viewPage();
  expect([page.status, page.hops]).toEqual([200, ['productpage-v1', 'details-v1']]);
});
