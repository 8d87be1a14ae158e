import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { gatewayRule } from '../../support/gateway-rule.ts';
import { target } from '../../support/target/index.ts';

const ORIGIN = 'https://shop.example.com';

const CORS = gatewayRule(
  '{ match: [{ uri: { prefix: /api/v1/products } }], route: [{ destination: { host: productpage } }], ' +
    `corsPolicy: { allowOrigins: [{ exact: '${ORIGIN}' }], allowMethods: [GET], allowHeaders: [x-shop], maxAge: 24h } }`,
);

const url = `${target.ingressUrl}/api/v1/products`;

test('a page of an allowed origin may read the API, and one of another origin may not', async () => {
  await using _rules = await appliedText(CORS);
  const allowed = await fetch(url, { headers: { origin: ORIGIN } });
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN]);
  const other = await fetch(url, { headers: { origin: 'https://other.example.com' } });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

test('the ingress answers a preflight request itself', async () => {
  await using _rules = await appliedText(CORS);
  const headers = { origin: ORIGIN, 'access-control-request-method': 'GET' };
  const preflight = await fetch(url, { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(200);
  expect(preflight.headers.get('x-bookinfo-path')).toBeNull();
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-methods': 'GET',
    'access-control-allow-headers': 'x-shop',
    'access-control-max-age': '86400',
  });
});
