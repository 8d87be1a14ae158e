import { Gateway, VirtualService } from '@kubernetes-models/istio/networking.istio.io/v1';
import { describe, expect, it } from 'vitest';
import { manifestsOf } from './deploy-files.ts';

const manifests = manifestsOf('networking/bookinfo-gateway.yaml');

describe('bookinfo-gateway.yaml', () => {
  it('is the Gateway bookinfo-gateway and the VirtualService bookinfo', () => {
    const objects = manifests.map(({ kind, metadata }) => `${kind}/${metadata?.name}`);
    expect(objects).toEqual(['Gateway/bookinfo-gateway', 'VirtualService/bookinfo']);
  });

  it("opens HTTP for every host on port 8080 of Istio's ingress gateway", () => {
    expect(manifests.find(Gateway.is)?.spec).toEqual({
      selector: { istio: 'ingressgateway' },
      servers: [{ port: { number: 8080, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    });
  });

  it('routes the five paths of productpage and nothing else', () => {
    expect(manifests.find(VirtualService.is)?.spec).toEqual({
      hosts: ['*'],
      gateways: ['bookinfo-gateway'],
      http: [
        {
          match: [
            { uri: { exact: '/productpage' } },
            { uri: { prefix: '/static' } },
            { uri: { exact: '/login' } },
            { uri: { exact: '/logout' } },
            { uri: { prefix: '/api/v1/products' } },
          ],
          route: [{ destination: { host: 'productpage', port: { number: 9080 } } }],
        },
      ],
    });
  });
});
