import { expect, test } from 'vitest';
import { shopManifests } from '@bookinfo/analysis/testing';
import { systemClock } from '@bookinfo/effects';
import { envoyExecutable, envoyMissing } from '@bookinfo/envoy/testing';
import { AdminClient } from '../admin/admin-client.js';
import { MeshServer } from '../control/mesh-server.js';
import { whenReady } from '../control/when-ready.js';
import type { DataPlane } from '../data-plane/data-plane.js';
import { envoyDataPlane } from '../data-plane/envoy-data-plane.js';
import { runningResources } from './running-resources.js';
import { verifyRules } from '../../test/verify-rules.js';

const workloads = (file: string) => new URL(`../../test/workloads/${file}.js`, import.meta.url).href;

const rule = (namespace: string, http: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock, namespace: ${namespace} }
spec: { hosts: [stock], http: [${http}] }
`;
const to = (version: string, weight: number) =>
  `{ destination: { host: stock, subset: ${version} }, weight: ${weight} }`;

/** Starts a mesh with a shop in each of these namespaces. */
async function startShops(namespaces: string[], file = 'named-shop', dataPlane?: DataPlane) {
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: workloads(file),
    ...(dataPlane && { dataPlane }),
  });
  await mesh.apply(namespaces.map((namespace) => shopManifests(namespace)));
  await whenReady(mesh, 600_000, systemClock);
  const verified = (text: string, plan?: { power: number; shift: number }) => verifyRules(mesh, text, plan);
  const apply = (text: string) => mesh.apply([{ file: 'rules.yaml', text }]);
  return { mesh, apply, verified, [Symbol.asyncDispose]: () => mesh.stop(0) };
}

test.each([[['own']], [['default', 'tutorial']]])(
  'rules of own services agree, in the last of the namespaces %j',
  async (namespaces) => {
    await using shops = await startShops(namespaces);
    const namespace = namespaces.at(-1) ?? '';
    const text = rule(namespace, `{ route: [${to('v1', 75)}, ${to('v2', 25)}] }`);
    await shops.apply(text);
    const { verdicts } = await shops.verified(text);
    expect(verdicts.map(({ request, status, reasons }) => [request, status, reasons])).toEqual([
      [
        expect.stringMatching(
          new RegExp(`^GET http://stock\\S*:8080/stock/0 from (${namespace}/)?front-v1$`),
        ),
        'agrees',
        [],
      ],
    ]);
  },
);

test('rules that are not applied are not in force, though the mesh has their services', async () => {
  await using shops = await startShops(['own']);
  const { verdicts } = await shops.verified(rule('own', `{ route: [${to('v2', 100)}] }`));
  expect(verdicts.map(({ status }) => status)).toEqual(['not in force']);
});

test('a resource keeps its age when it is read from the mesh, since the older of two rules wins', async () => {
  const before = Date.now();
  await using shops = await startShops(['own']);
  const after = Date.now();
  const stored = await runningResources(new AdminClient(shops.mesh.adminPort));
  expect(stored.size).toBeGreaterThan(5);
  for (const { createdAt } of stored.values()) {
    expect(createdAt).toBeGreaterThanOrEqual(before);
    expect(createdAt).toBeLessThanOrEqual(after);
  }
});

test('a smaller drift is detected by more requests', async () => {
  await using shops = await startShops(['own']);
  const text = rule('own', `{ route: [${to('v1', 50)}, ${to('v2', 50)}] }`);
  await shops.apply(text);
  const { verdicts, shift, power } = await shops.verified(text, { power: 0.9, shift: 0.2 });
  expect([shift, power]).toEqual([0.2, 0.9]);
  expect(verdicts[0]).toMatchObject({ status: 'agrees', outcomes: [{ predicted: 0.5 }, { predicted: 0.5 }] });
  const { below, above } = verdicts[0]?.outcomes[0]?.detectable ?? {};
  expect(below).toBeCloseTo(0.3, 1);
  expect(above).toBeCloseTo(0.7, 1);
  expect(verdicts[0]?.requests).toBeLessThan(200);
});

test('rules of backends that do not name themselves are untestable', async () => {
  await using shops = await startShops(['own'], 'unnamed-shop');
  const text = rule('own', `{ route: [${to('v2', 100)}] }`);
  await shops.apply(text);
  const { verdicts } = await shops.verified(text);
  expect(verdicts).toMatchObject([
    { status: 'untestable', reasons: ['the backends do not name themselves in their responses'] },
  ]);
});

test.skipIf(envoyMissing)('rules agree with Envoys: shares and faults', async () => {
  await using shops = await startShops(['own'], 'named-shop', await envoyDataPlane(envoyExecutable()));
  const abort = '{ percentage: { value: 20 }, httpStatus: 418 }';
  const text = rule(
    'own',
    `{ match: [{ headers: { x-tester: { exact: 'yes' } } }], fault: { abort: ${abort} }, route: [${to('v1', 100)}] },
     { route: [${to('v1', 75)}, ${to('v2', 25)}] }`,
  );
  await shops.apply(text);
  const { verdicts } = await shops.verified(text);
  expect(verdicts.map(({ status, reasons }) => [status, reasons])).toEqual([
    ['agrees', []],
    ['agrees', []],
  ]);
});
