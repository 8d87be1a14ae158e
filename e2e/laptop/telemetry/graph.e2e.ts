import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { consoleUrl } from '@bookinfo/mesh';
import type { GraphEdge } from '@bookinfo/telemetry';
import { root } from '../../support/repository.ts';
import { outputHas, start } from '../../support/run.ts';
import { sourceOf, STARTING_RULES } from '../../support/sources.ts';

const FOLDER = 'deploy/networking';
const SOON = { timeout: 60_000, interval: 200 };
const PRODUCTPAGE = 'default/productpage-v1';
const hostOf = (service: string): string => `service:${service}.default.svc.cluster.local`;

/** A mesh of its own, whose window has no requests under other rules; its operations are asked as the console does. */
async function up() {
  const [port, adminPort] = [await freePort(), await freePort()];
  const running = start('packages/cli/bin/bookinfo.js', [
    'up',
    '--port',
    `${port}`,
    '--admin-port',
    `${adminPort}`,
  ]);
  await outputHas(running, 'Console: ');
  const { origin, hash } = new URL(consoleUrl(adminPort) ?? '');
  const authorization = decodeURIComponent(hash.slice('#token='.length));
  const ask = async (path: string, body?: object): Promise<{ status: number; value: unknown }> => {
    const response = await fetch(`${origin}${path}`, {
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, value: await response.json() };
  };
  return {
    ask,
    apply: (...files: string[]) => ask('/apply', { sources: files.map(sourceOf), strict: false }),
    load: (requestsPerSecond: number, user?: string) =>
      ask('/load', { isOn: true, requestsPerSecond, ...(user !== undefined && { user }) }),
    edges: async () => ((await ask('/graph')).value as { edges: GraphEdge[] }).edges,
    sent: async () => ((await ask('/load')).value as { sent: number }).sent,
    async [Symbol.asyncDispose]() {
      running.process.kill('SIGINT');
      await running.finished;
    },
  };
}

const between = (edges: readonly GraphEdge[], from: string, to: string): GraphEdge | undefined =>
  edges.find((edge) => edge.from === from && edge.to === to);

test('under weights of 90 and 10 the versions have these shares, and their requests agree', async () => {
  await using mesh = await up();
  await mesh.apply(`${FOLDER}/virtual-service-reviews-90-10.yaml`);
  await mesh.load(50);
  await expect
    .poll(async () => between(await mesh.edges(), PRODUCTPAGE, 'default/reviews-v1')?.requests, SOON)
    .toBeGreaterThan(80);
  const edges = await mesh.edges();
  expect(between(edges, PRODUCTPAGE, 'default/reviews-v1')?.predictedShare).toMatchObject({
    share: 0.9,
    agrees: true,
  });
  expect(between(edges, PRODUCTPAGE, 'default/reviews-v2')?.predictedShare).toMatchObject({
    share: 0.1,
    agrees: true,
  });
  expect(between(edges, PRODUCTPAGE, 'default/reviews-v3')).toBeUndefined();
  expect(between(edges, 'istio-system/istio-ingressgateway', PRODUCTPAGE)).toMatchObject({
    share: 1,
    errorRate: 0,
    predictedShare: { share: 1, agrees: true },
  });
});

test('the abort for jason is made by the sidecars of reviews, in the place of ratings', async () => {
  await using mesh = await up();
  await mesh.apply(
    `${FOLDER}/virtual-service-reviews-v3.yaml`,
    `${FOLDER}/virtual-service-ratings-test-abort.yaml`,
  );
  await mesh.load(10, 'jason');
  const aborted = async () => between(await mesh.edges(), 'default/reviews-v3', hostOf('ratings'));
  await expect.poll(async () => (await aborted())?.requests, SOON).toBeGreaterThan(5);
  const edge = await aborted();
  expect(edge).toMatchObject({ share: 1, errorRate: 1, predictedShare: { share: 1, agrees: true } });
  expect([edge?.aborts, edge?.flags]).toEqual([edge?.requests, { FI: edge?.requests }]);
  expect(between(await mesh.edges(), 'default/reviews-v3', 'default/ratings-v1')).toBeUndefined();
});

test('the delay for jason is on the edge from reviews to ratings', async () => {
  await using mesh = await up();
  await mesh.apply(
    `${FOLDER}/virtual-service-reviews-v3.yaml`,
    `${FOLDER}/virtual-service-ratings-test-delay.yaml`,
  );
  await mesh.load(2, 'jason');
  const delayed = async () => between(await mesh.edges(), 'default/reviews-v3', 'default/ratings-v1');
  await expect.poll(async () => (await delayed())?.delays, SOON).toBeGreaterThan(2);
  const edge = await delayed();
  expect(edge?.delays).toBe(edge?.requests);
  // The page gives up before the delay is over.
  expect(edge?.p50Ms).toBeGreaterThan(2000);
});

test('a mirror has copies and no requests', async () => {
  await using mesh = await up();
  await mesh.apply(`${FOLDER}/virtual-service-reviews-mirror-v3.yaml`);
  await mesh.load(20);
  const mirrored = async () => between(await mesh.edges(), PRODUCTPAGE, 'default/reviews-v3');
  await expect.poll(async () => (await mirrored())?.mirrored, SOON).toBeGreaterThan(10);
  expect(await mirrored()).toMatchObject({ requests: 0 });
  expect(between(await mesh.edges(), PRODUCTPAGE, 'default/reviews-v1')).toMatchObject({
    share: 1,
    mirrored: 0,
  });
});

test('under every rule file the observed shares agree with those that it predicts', async () => {
  await using mesh = await up();
  await mesh.load(20);
  const off: string[] = [];
  for (const file of readdirSync(join(root, FOLDER)).map((name) => `${FOLDER}/${name}`)) {
    const { status } = await mesh.apply(file);
    if (status !== 200) continue;
    const sent = await mesh.sent();
    await expect.poll(mesh.sent, SOON).toBeGreaterThan(sent + 20);
    // `predict` knows neither limits of connections nor ejected endpoints.
    const judged = (await mesh.edges()).filter(
      ({ flags }) => flags['UO'] === undefined && flags['UH'] === undefined,
    );
    for (const { from, to, share, predictedShare } of judged)
      if (predictedShare?.agrees === false)
        off.push(`${file}: ${from} ${to} ${share} ${predictedShare.share}`);
    await mesh.ask('/delete', { sources: [sourceOf(file)] });
    await mesh.apply(...STARTING_RULES);
  }
  expect(off).toEqual([]);
});
