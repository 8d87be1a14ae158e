import { request } from 'node:http';
import { expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { lacks, target } from '../../support/target/index.ts';

const PUBLIC = [
  '/productpage',
  '/api/v1/products',
  '/api/v1/products/0',
  '/api/v1/products/0/reviews',
  '/logout',
];
const INTERNAL = [
  '/',
  '/index.html',
  '/health',
  '/livez',
  '/readyz',
  '/metrics',
  '/details/0',
  '/reviews/0',
  '/ratings/0',
  '/productpage/',
  '/productpagex',
  '/login/',
  '/api/v1',
];

/** Returns the status of a path, sent as it is, for a host. */
function statusOf(url: string, path: string, host = 'localhost'): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end();
  });
}

test.each(PUBLIC)('%s is reachable from outside', async (path) => {
  expect(await statusOf(target.ingressUrl, path)).toBe(path === '/logout' ? 302 : 200);
});

test.each(INTERNAL)('%s is not', async (path) => {
  expect(await statusOf(target.ingressUrl, path)).toBe(404);
});

test.each(['/static/../details/0', '/api/v1/products/../../../health', '/static/%2e%2e/metrics'])(
  '%s leads to no other path',
  async (path) => {
    expect(await statusOf(target.ingressUrl, path)).not.toBe(200);
  },
);

test.each(['details:9080', 'reviews.default.svc.cluster.local'])(
  'the name of an internal service as the host, %s, leads to productpage alone',
  async (host) => {
    expect(await statusOf(target.ingressUrl, '/details/0', host)).toBe(404);
    expect(await statusOf(target.ingressUrl, '/productpage', host)).toBe(200);
  },
);

test('every file that the page names is reachable', async () => {
  const html = await (await fetch(`${target.ingressUrl}/productpage`)).text();
  const paths = [...html.matchAll(/(?:href|src)="(\/static\/[^"?]+)/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) expect(await statusOf(target.ingressUrl, path), path).toBe(200);
});

test.skipIf(lacks('gateways'))('the Gateway of the Gateway API lets the same paths in', async () => {
  await using _gateway = await applied('gateway-api/bookinfo-gateway');
  const url = await target.gatewayUrl('bookinfo-gateway-istio');
  for (const path of PUBLIC) expect(await statusOf(url, path), path).toBe(path === '/logout' ? 302 : 200);
  for (const path of INTERNAL) expect(await statusOf(url, path), path).toBe(404);
});
