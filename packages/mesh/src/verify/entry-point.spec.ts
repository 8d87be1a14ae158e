import { expect, test } from 'vitest';
import type { MeshDescription } from '../admin/api.js';
import { entryPointFor } from './entry-point.js';

const ingress = { gateway: 'istio-ingressgateway', namespace: 'istio-system', isIngress: true, problems: [] };
const hall = { gateway: 'hall-istio', namespace: 'shop', isIngress: false, problems: [] };
const MESH: MeshDescription = {
  url: 'http://localhost:9080',
  gateways: [
    { ...ingress, port: 80, url: 'http://localhost:9080' },
    { ...ingress, port: 9090, url: 'http://localhost:9081' },
    { ...ingress, port: 443, url: 'https://localhost:9443' },
    { ...hall, port: 443, problems: ['no Secret'] },
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
  ['https://shop.example/', undefined, 'https://localhost:9443'],
  ['https://shop.example:9443/', undefined, 'https://localhost:9443'],
  ['http://shop.example/', 'shop/hall-istio', 'http://localhost:9082'],
  ['http://shop.example:9090/', 'shop/hall-istio', 'http://localhost:9082'],
])('%s from %s goes to the listener at %s', (url, from, expected) => {
  expect(entryPoint(url, from)).toEqual({ kind: 'gateway', url: expected });
});

test('nothing can be sent to a listener of HTTPS that is not open', () => {
  expect(entryPoint('https://shop.example/', 'shop/hall-istio')).toEqual({
    reason: 'port 443 of the gateway is not open (no Secret)',
  });
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
