import { expect, test } from 'vitest';
import { shopManifests } from '@bookinfo/analysis/testing';
import { systemClock } from '@bookinfo/effects';
import { MeshServer } from '../control/mesh-server.js';
import { whenReady } from '../control/when-ready.js';

const WORKLOADS = new URL('../../test/workloads/named-shop.js', import.meta.url).href;
const END = { timeout: 60_000 };

const rule = (v1: number) => ({
  file: 'stock.yaml',
  text: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock, namespace: own }
spec:
  hosts: [stock]
  http:
    - route:
        - { destination: { host: stock, subset: v1 }, weight: ${v1} }
        - { destination: { host: stock, subset: v2 }, weight: ${100 - v1} }
`,
});

async function startShop() {
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS });
  await mesh.apply([shopManifests('own')]);
  await whenReady(mesh, 600_000, systemClock);
  return { mesh, [Symbol.asyncDispose]: () => mesh.stop(0) };
}

test('a verification ends with a report as JSON and as text', async () => {
  await using shop = await startShop();
  const { verification } = shop.mesh;
  await shop.mesh.apply([rule(75)]);
  expect(verification.state).toEqual({ state: 'idle', done: 0, of: 0 });
  verification.start([rule(75)], 0.3);
  expect(verification.state.state).toBe('running');
  expect(() => verification.start([rule(75)])).toThrow('a verification runs');
  await expect.poll(() => verification.state.state, END).toBe('ended');
  expect(verification.state).toMatchObject({
    done: 1,
    of: 1,
    report: { agrees: true, shift: 0.3 },
    text: expect.stringMatching(/^AGREES {2}VirtualService\/own\/stock/),
  });
});

test('files that are not in force, or cannot be read, are reported', async () => {
  await using shop = await startShop();
  const { verification } = shop.mesh;
  verification.start([rule(75)]);
  await expect.poll(() => verification.state.state, END).toBe('ended');
  expect(verification.state.report).toMatchObject({ agrees: false });
  verification.start([{ file: 'bad.yaml', text: 'kind: Ratings' }]);
  await expect.poll(() => verification.state.state, END).toBe('failed');
  expect(verification.state.error).toMatch(/^bad\.yaml:1: /);
});

test('a verification that is stopped sends no more requests, and another one may begin', async () => {
  await using shop = await startShop();
  const { verification, graph } = {
    verification: shop.mesh.verification,
    graph: () => shop.mesh.graph().edges.reduce((sum, { requests }) => sum + requests, 0),
  };
  await shop.mesh.apply([rule(75)]);
  verification.start([rule(75)], 0.01);
  await expect.poll(graph, END).toBeGreaterThan(10);
  await verification.stop();
  expect(verification.state).toEqual({ state: 'idle', done: 0, of: 0 });
  verification.start([rule(75)], 0.3);
  await expect.poll(() => verification.state.state, END).toBe('ended');
});
