import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { shopManifests } from '@bookinfo/analysis/testing';
import { systemClock } from '@bookinfo/effects';
import type { Report } from '@bookinfo/verdict';
import { MeshServer } from '../control/mesh-server.js';
import { whenReady } from '../control/when-ready.js';
import { verifyRules } from '../../test/verify-rules.js';

const WORKLOADS = new URL('../../test/workloads/named-shop.js', import.meta.url).href;
const LOOPS_PER_CORE = 2;

/** Keeps all cores busy until the end of the block. */
function busyCores(): AsyncDisposable {
  const loops = Array.from({ length: LOOPS_PER_CORE * availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      const ends = loops.map((loop) => once(loop, 'exit'));
      for (const loop of loops) loop.kill('SIGKILL');
      await Promise.all(ends);
    },
  };
}

/** Starts the shop, whose stock v1 delays this share of its responses by 2 s. */
async function startShop(delayedShare = 0) {
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
  });
  const { file, text } = shopManifests();
  const env = `env: [{ name: DELAYED_SHARE, value: '${delayedShare}' }, { name: DELAY_MS, value: '2000' }]`;
  const slow = text.replace(/name: stock, image/, `name: stock, ${env}, image`);
  await mesh.apply([{ file, text: slow }]);
  await whenReady(mesh, 600_000, systemClock);
  return { mesh, [Symbol.asyncDispose]: () => mesh.stop(0) };
}

/** Applies the rules and verifies them. */
async function verified(mesh: MeshServer, http: string[]): Promise<Report> {
  const text = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock }
spec: { hosts: [stock], http: [${http.join(', ')}] }
`;
  await mesh.apply([{ file: 'rules.yaml', text }]);
  return await verifyRules(mesh, text);
}

const when = (value: number, rest: string) =>
  `{ match: [{ headers: { x: { exact: '${value}' } } }], ${rest} }`;
const to = (version: string, weight = 100) =>
  `{ destination: { host: stock, subset: ${version} }, weight: ${weight} }`;
const failures = ({ verdicts }: Report) =>
  verdicts.filter(({ status }) => status !== 'agrees' && status !== 'untestable');

test('200 true claims raise no false alarm on a busy machine', { timeout: 900_000 }, async () => {
  await using shopMesh = await startShop();
  await using _load = busyCores();
  const single = Array.from({ length: 197 }, (_, i) => when(i, `route: [${to(i % 2 === 0 ? 'v1' : 'v2')}]`));
  const report = await verified(shopMesh.mesh, [
    ...single,
    when(197, `route: [${to('v1', 90)}, ${to('v2', 10)}]`),
    when(198, `timeout: 0.5s, route: [${to('v1')}]`),
    `{ fault: { delay: { percentage: { value: 20 }, fixedDelay: 1s } }, route: [${to('v1')}] }`,
  ]);
  const claims = report.verdicts.filter(({ responses }) => responses > 0);
  expect(claims).toHaveLength(200);
  expect(failures(report)).toEqual([]);
});

test('a delay of 2 s that no rule has is found on a busy machine', { timeout: 900_000 }, async () => {
  await using shopMesh = await startShop(0.2);
  await using _load = busyCores();
  const { verdicts } = await verified(shopMesh.mesh, [`{ route: [${to('v1')}] }`]);
  expect(verdicts).toMatchObject([
    { status: 'disagrees', reasons: [expect.stringContaining('later than predicted') as string] },
  ]);
});
