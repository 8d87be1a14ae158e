// The behaviour that docs/route-semantics.md describes under "Sidecar".
import { describe, expect, test } from 'vitest';
import { SIDECAR } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { to, virtualService } from '../support/resources.js';

const REVIEWS = 'http://reviews:9080/';
const DETAILS = 'http://details:9080/';
const RULE = virtualService('reviews', `[{ ${to('v2')} }]`);

/** Returns a Sidecar of the default namespace that imports the hosts. */
const sidecar = (hosts: string, mode = 'ALLOW_ANY', selector = ''): string => `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default }
spec: { ${selector} egress: [{ hosts: ${hosts} }], outboundTrafficPolicy: { mode: ${mode} } }
`;

describe.each(ENGINES)('Sidecar, on %s', (engine) => {
  const mesh = useMesh(engine);

  test('hosts that are imported have their rules', async () => {
    await mesh.rules(RULE + sidecar("['./*']", 'REGISTRY_ONLY'));
    expect(await mesh.responder(REVIEWS)).toBe('reviews-v2');
    expect(await mesh.responder(DETAILS)).toBe('details-v1');
  });

  test('a host that is not imported is blocked under REGISTRY_ONLY', async () => {
    await mesh.rules(RULE + sidecar('[./reviews.default.svc.cluster.local]', 'REGISTRY_ONLY'));
    expect(await mesh.responder(REVIEWS)).toBe('reviews-v2');
    expect(await mesh.ask(DETAILS)).toMatchObject({ status: 502, body: '' });
  });

  test('a host that is not imported is called by its address under ALLOW_ANY: any pod, without rules', async () => {
    await mesh.rules(RULE + sidecar("['~/*']"));
    const shares = await mesh.shares(90, REVIEWS);
    expect(Object.keys(shares).toSorted()).toEqual(['reviews-v1', 'reviews-v2', 'reviews-v3']);
    expect(await mesh.responder('http://details.default.svc.cluster.local:9080/')).toBe('details-v1');
  });

  test('a Sidecar with a selector is for the workloads that it matches', async () => {
    const rules =
      RULE +
      sidecar(
        '[./details.default.svc.cluster.local]',
        'REGISTRY_ONLY',
        'workloadSelector: { labels: { app: productpage } },',
      );
    await mesh.rules(rules);
    expect(await mesh.responder(REVIEWS)).toBe('502');
    await mesh.rules(rules, { client: { ...SIDECAR, labels: { app: 'ratings' } } });
    expect(await mesh.responder(REVIEWS)).toBe('reviews-v2');
  });
});
