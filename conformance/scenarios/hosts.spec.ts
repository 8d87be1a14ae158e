// The behaviour that docs/route-semantics.md describes under "Hosts".
import { describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { boundVirtualService, GATEWAY_FOR_ALL, to, virtualService } from '../support/resources.js';

const REVIEWS = 'http://reviews:9080/';
const ELSEWHERE = { kind: 'sidecar', namespace: 'other', labels: {} } as const;

const bound = (match: string): string =>
  GATEWAY_FOR_ALL +
  boundVirtualService('*', `[{ match: [${match}], ${to('v1')} }, { ${to('v3')} }]`, 'bound');

describe.each(ENGINES)('hosts, on %s', (engine) => {
  const mesh = useMesh(engine);

  test('an entry that lists gateways ignores its sourceLabels', async () => {
    await mesh.rules(bound('{ gateways: [all], sourceLabels: { app: other } }'), { client: INGRESS });
    expect(await mesh.responder('http://any/')).toBe('reviews-v1');
    await mesh.rules(bound('{ sourceLabels: { app: other } }'), { client: INGRESS });
    expect(await mesh.responder('http://any/')).toBe('reviews-v3');
  });

  test('a host without a matching route gives 404 and does not fall through to another host', async () => {
    await mesh.rules(
      GATEWAY_FOR_ALL +
        boundVirtualService(
          'shop.example.com',
          `[{ match: [{ uri: { exact: /only } }], ${to('v1')} }]`,
          'shop',
        ) +
        boundVirtualService('*.example.com', `[{ ${to('v2')} }]`, 'wild') +
        boundVirtualService('*', `[{ ${to('v3')} }]`, 'everything'),
      { client: INGRESS },
    );
    expect(await mesh.responder('http://shop.example.com/only')).toBe('reviews-v1');
    expect(await mesh.ask('http://shop.example.com/other')).toMatchObject({ status: 404, body: '' });
    expect(await mesh.responder('http://cart.example.com/other')).toBe('reviews-v2');
    expect(await mesh.responder('http://Shop.Example.com:8080/only')).toBe('reviews-v1');
    expect(await mesh.responder('http://example.com/other')).toBe('reviews-v3');
  });

  test('an undeclared host gets 404 from a gateway', async () => {
    await mesh.rules(GATEWAY_FOR_ALL + boundVirtualService('a.com', `[{ ${to('v1')} }]`, 'a'), {
      client: INGRESS,
    });
    expect(await mesh.ask('http://b.com/')).toMatchObject({ status: 404, body: '' });
  });

  test('a short name means the Service of the namespace of its resource or client', async () => {
    const rules = virtualService('reviews', `[{ ${to('v2')} }]`).replace(
      'name: reviews',
      'name: reviews, namespace: other',
    );
    await mesh.rules(rules);
    expect(await mesh.responder('http://reviews.other.svc.cluster.local/')).toBe('503');
    expect(await mesh.shares(30, REVIEWS)).not.toHaveProperty('503');
    await mesh.rules(virtualService('reviews', `[{ ${to('v2')} }]`), { client: ELSEWHERE });
    expect(await mesh.responder('http://reviews.default:9080/')).toBe('reviews-v2');
    expect(await mesh.responder('http://reviews.default.svc:9080/')).toBe('reviews-v2');
    expect(await mesh.responder('http://reviews.default.svc.cluster.local.:9080/')).toBe('reviews-v2');
    // That namespace has no Service of the name, and the machine does not resolve it.
    expect(await mesh.responder(REVIEWS)).toBe('503');
  });

  test('a call to a port that the Service lacks is outbound traffic', async () => {
    await mesh.rules(virtualService('reviews', `[{ ${to('v2')} }]`));
    expect(await mesh.responder('http://REVIEWS.Default:9080/')).toBe('reviews-v2');
    expect(await mesh.responder(`http://127.0.0.1:${mesh.portOf('ratings-v1')}/`)).toBe('ratings-v1');
  });

  test('in a sidecar only the older of two VirtualServices for one host applies', async () => {
    await mesh.rules(
      virtualService('reviews', `[{ match: [{ headers: { x: {} } }], ${to('v1')} }]`, 'older') +
        virtualService('reviews', `[{ ${to('v3')} }]`, 'younger'),
    );
    expect(await mesh.responder(REVIEWS, { headers: { x: '1' } })).toBe('reviews-v1');
    expect(await mesh.ask(REVIEWS)).toMatchObject({ status: 404, body: '' });
  });

  test('on a gateway the rules for one host are joined, catch-alls last', async () => {
    await mesh.rules(
      GATEWAY_FOR_ALL +
        boundVirtualService(
          '*',
          `[{ match: [{ uri: { prefix: /a } }], ${to('v1')} }, { ${to('v3')} }]`,
          'first',
        ) +
        boundVirtualService(
          '*',
          `[{ match: [{ uri: { prefix: /a } }, { uri: { prefix: /b } }], ${to('v2')} }]`,
          'second',
        ),
      { client: INGRESS },
    );
    expect(await mesh.responder('http://any/a')).toBe('reviews-v1');
    expect(await mesh.responder('http://any/b')).toBe('reviews-v2');
    expect(await mesh.responder('http://any/c')).toBe('reviews-v3');
  });

  test.each(['{ uri: { prefix: / } }', "{ uri: { regex: '.*' } }", '{ uri: {} }', '{ headers: {} }'])(
    'on a sidecar %s is a catch-all, and the rules behind it are dropped',
    async (match) => {
      await mesh.rules(
        virtualService(
          'reviews',
          `[{ match: [${match}], ${to('v1')} }, { match: [{ uri: { exact: /b } }], ${to('v2')} }]`,
        ),
      );
      expect(await mesh.responder('http://reviews:9080/b')).toBe('reviews-v1');
    },
  );

  test('an undeclared host is reached, or blocked with 502 under REGISTRY_ONLY', async () => {
    const elsewhere = `http://localhost:${mesh.portOf('ratings-v1')}/`;
    await mesh.rules('');
    const { seen } = await mesh.ask(elsewhere);
    expect(seen).toMatchObject({ pod: 'ratings-v1', headers: { 'x-envoy-attempt-count': '1' } });
    await mesh.rules('', { meshConfig: { outboundTrafficPolicy: 'REGISTRY_ONLY' } });
    expect(await mesh.ask('http://elsewhere.example.com/')).toMatchObject({ status: 502, body: '' });
    expect(await mesh.ask('http://elsewhere.example.com:9080/')).toMatchObject({ status: 502, body: '' });
    expect(await mesh.responder('http://ratings:9080/')).toBe('ratings-v1');
  });
});
