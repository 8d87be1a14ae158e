import { expect, test } from 'vitest';
import type { KubeObject } from '../kube-object.js';
import { gatewayAddress } from './gateway-address.js';

const INGRESS = {
  kind: 'gateway' as const,
  namespace: 'istio-system',
  labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
};
const NODE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node' },
  status: {
    addresses: [
      { type: 'Hostname', address: 'node' },
      { type: 'InternalIP', address: '10.0.0.7' },
    ],
  },
};

function service(nodePort?: number, ingress: object[] = []): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'istio-ingressgateway', namespace: 'istio-system' },
    spec: { selector: { istio: 'ingressgateway' }, ports: [{ port: 80, nodePort }] },
    status: { loadBalancer: { ingress } },
  };
}

const addressOf = (services: KubeObject[], port = 80) =>
  gatewayAddress(INGRESS, port, services, () => Promise.resolve([NODE]));

test.each([
  [[{ ip: '192.0.2.1' }], '192.0.2.1:80'],
  [[{ ip: '2001:db8::1' }], '[2001:db8::1]:80'],
  [[{ hostname: 'lb.example.com' }], 'lb.example.com:80'],
])('a load balancer at %j gives %s', async (ingress, host) => {
  expect(await addressOf([service(30_080, ingress)])).toEqual({ host });
});

test('without a load balancer it is the port of a node', async () => {
  expect(await addressOf([service(30_080)])).toEqual({ host: '10.0.0.7:30080' });
});

test('without both there is the command that makes an address', async () => {
  expect(await addressOf([service()])).toEqual({
    reason:
      'the Service istio-system/istio-ingressgateway has no address outside of the cluster: run kubectl port-forward -n istio-system service/istio-ingressgateway 8080:80, and give --url http://localhost:8080',
  });
});

test('a gateway that no Service selects is named by its labels', async () => {
  expect(await addressOf([service(30_080)], 443)).toEqual({
    reason:
      'no Service of the namespace istio-system selects the gateway (app=istio-ingressgateway, istio=ingressgateway) with port 443',
  });
});
