import { expect, test } from 'vitest';
import type { MeshDescription } from '../admin/api.js';
import { entryPointFor } from './entry-point.js';

const ingress = { gateway: 'istio-ingressgateway', namespace: 'istio-system', isIngress: true };
const hall = { gateway: 'hall-istio', namespace: 'shop', isIngress: false };
const MESH: MeshDescription = {
  url: 'http://localhost:9080',
  gateways: [
    { ...ingress, port: 80, url: 'http://localhost:9080' },
    { ...ingress, port: 9090, url: 'http://localhost:9081' },
    { ...hall, port: 80, url: 'http://localhost:9082' },
  ],
  pid: 1,
  startedAt: '2026-01-01T00:00:00Z',
  dataPlane: 'embedded',
  meshConfig: { istioVersion: '1.31', outboundTrafficPolicy: 'ALLOW_ANY' },
  sidecars: [{ workload: 'shop/cart', url: 'http://127.0.0.1:15001' }],
};
const entryPoint = (url: string, from?: string, headers = {}) =>
  entryPointFor({ method: 'GET', url, headers, from }, MESH);

test.each([
  ['http://shop.example/', undefined, 'http://localhost:9080'],
  ['http://localhost:9080/', undefined, 'http://localhost:9080'],
  ['http://shop.example:9090/', undefined, 'http://localhost:9081'],
  ['http://shop.example/', 'shop/hall-istio', 'http://localhost:9082'],
  ['http://shop.example:9090/', 'shop/hall-istio', 'http://localhost:9082'],
])('%s from %s goes to the listener at %s', (url, from, expected) => {
  expect(entryPoint(url, from)).toEqual({ kind: 'gateway', url: expected });
});

test('a workload sends through its sidecar, which takes the host from the URL', () => {
  expect(entryPoint('http://reviews:9080/', 'shop/cart')).toEqual({
    kind: 'sidecar',
    url: 'http://127.0.0.1:15001',
  });
  expect(entryPoint('http://reviews:9080/', 'shop/cart', { host: 'other' })).toEqual({
    reason: 'a sidecar takes the host from the URL, so that no request can name other',
  });
});

test('a workload without a ready pod cannot send the request', () => {
  expect(entryPoint('http://reviews:9080/', 'shop/till')).toEqual({
    reason: 'no pod of shop/till is ready, so that it cannot send the request',
  });
});
