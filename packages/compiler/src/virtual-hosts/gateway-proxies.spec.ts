import { expect, test } from 'vitest';
import { resourcesOf } from '@bookinfo/rules/testing';
import { gatewayProxies, listenerPort } from './gateway-proxies.js';

const gateway = (selector: string, ...ports: number[]) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec:
  selector: ${selector}
  servers: [${ports.map((port) => `{ port: { number: ${port}, name: http-${port}, protocol: HTTP }, hosts: ['*'] }`).join()}]
---
`;
const HALL = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: hall, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: a, port: 8080, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }] }
---
`;

const proxiesOf = (text: string) =>
  gatewayProxies(resourcesOf(text)).map(({ name, listeners }) => [name, listeners.map(({ port }) => port)]);

test('the ingress gateway listens to port 80 and to the ports of the Gateways that select it', () => {
  expect(proxiesOf(gateway('{ istio: egressgateway }', 9090))).toEqual([['istio-ingressgateway', [80]]]);
  expect(proxiesOf(gateway('{ istio: ingressgateway }', 9090, 443))).toEqual([
    ['istio-ingressgateway', [80, 443, 9090]],
  ]);
});

test("port 8080 of the ingress gateway's pods is port 80 of its Service", () => {
  expect(proxiesOf(gateway('{ istio: ingressgateway }', 8080, 80))).toEqual([['istio-ingressgateway', [80]]]);
});

test('each Gateway of the Gateway API has a proxy of its own, with a listener for each of its ports', () => {
  expect(proxiesOf(HALL + gateway('{ gateway.networking.k8s.io/gateway-name: hall }', 9090))).toEqual([
    ['istio-ingressgateway', [80]],
    ['hall-istio', [80, 8080, 9090]],
  ]);
});

test('the ingress gateway is the first, and the only one that takes requests which name no gateway', () => {
  expect(gatewayProxies(resourcesOf(HALL)).map(({ isIngress }) => isIngress)).toEqual([true, false]);
});

test("a URL's port is that of a listener, or a local one of the listener of port 80, or of the one of HTTPS", () => {
  const listeners = [
    { port: 80, scheme: 'http' as const },
    { port: 9090, scheme: 'http' as const },
    { port: 8444, scheme: 'https' as const },
  ];
  const portOf = (port: number, scheme: 'http' | 'https', all = listeners): number =>
    listenerPort({ port, scheme }, all);
  expect([portOf(9090, 'http'), portOf(9080, 'http')]).toEqual([9090, 80]);
  expect([portOf(8444, 'https'), portOf(9443, 'https')]).toEqual([8444, 8444]);
  expect(portOf(9443, 'https', [...listeners, { port: 443, scheme: 'https' }])).toBe(443);
});
