import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { gatewayRule } from '../../support/gateway-rule.ts';
import { target } from '../../support/target/index.ts';

test('a redirect of the ingress leads from / to the page', async () => {
  await using _rules = await appliedText(
    gatewayRule('{ match: [{ uri: { exact: / } }], redirect: { uri: /productpage, redirectCode: 302 } }'),
  );
  const redirect = await fetch(target.ingressUrl, { redirect: 'manual' });
  expect([redirect.status, redirect.headers.get('location')]).toEqual([
    302,
    `${target.ingressUrl}/productpage`,
  ]);
  expect(await (await fetch(target.ingressUrl)).text()).toContain('<title>Simple Bookstore App</title>');
});

test('a rewrite serves the page below another path', async () => {
  await using _rules = await appliedText(
    gatewayRule(
      '{ match: [{ uri: { prefix: /shop/ } }], rewrite: { uri: / }, route: [{ destination: { host: productpage } }] }',
    ),
  );
  const answer = await fetch(`${target.ingressUrl}/shop/api/v1/products`);
  expect([answer.status, await answer.json()]).toEqual([200, [expect.objectContaining({ id: 0 })]]);
});

test('a rewrite by a regular expression takes part of the path along', async () => {
  await using _rules = await appliedText(
    gatewayRule(
      "{ match: [{ uri: { regex: '/books/[0-9]+' } }], " +
        "rewrite: { uriRegexRewrite: { match: '/books/([0-9]+)', rewrite: '/api/v1/products/\\1' } }, " +
        'route: [{ destination: { host: productpage } }] }',
    ),
  );
  const answer = await fetch(`${target.ingressUrl}/books/7`);
  expect(await answer.json()).toMatchObject({ id: 7 });
});

test('a direct response of a sidecar takes the place of details', async () => {
  await using _rules = await appliedText(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: details }
spec:
  hosts: [details]
  http: [{ directResponse: { status: 410, body: { string: out of print } } }]
`);
  const answer = await target.sendAs('productpage-v1', { url: 'http://details:9080/details/0' });
  expect([answer.status, answer.body, answer.hops]).toEqual([410, 'out of print', []]);
  expect((await fetch(`${target.ingressUrl}/api/v1/products/0`)).status).toBe(410);
});
