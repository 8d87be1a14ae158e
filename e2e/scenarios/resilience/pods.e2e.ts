import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { gatewayRule } from '../../support/gateway-rule.ts';
import { underLoad } from '../../support/load.ts';
import { lackOfPage } from '../../support/page.ts';
import { lacks, target } from '../../support/target/index.ts';
import { twoPods } from '../../support/two-pods.ts';
import { until } from '../../support/until.ts';

const SERVICES = ['productpage', 'details', 'reviews', 'ratings'];
const DEPLOYMENTS = ['productpage-v1', 'details-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3', 'ratings-v1'];
const KILLS = 3;
/** Ends a start of all pods that hangs: on containers it takes a minute on a busy machine. */
const HANG_MS = 300_000;
/** Requests that are sent while a pod hangs. */
const PAGES = 40;

const retries = (limit: string) =>
  `retries: { attempts: 3, perTryTimeout: ${limit}, retryOn: 'gateway-error,connect-failure,refused-stream,reset' }`;
const retrying = (service: string) =>
  service === 'productpage'
    ? gatewayRule(
        `{ match: [{ uri: { prefix: / } }], ${retries('5s')}, route: [{ destination: { host: productpage } }] }`,
      )
    : `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${service} }
spec:
  hosts: [${service}]
  http: [{ ${retries('0.8s')}, route: [{ destination: { host: ${service} } }] }]
`;

const isWhole = async (): Promise<boolean> => (await lackOfPage()) === undefined;

describe.skipIf(lacks('process faults'))('with one pod of each Deployment', () => {
  test.each(['details', 'reviews', 'ratings'])(
    'the end of a pod of %s costs parts of pages, but no page, and the pages are whole again',
    async (service) => {
      const lacking = await underLoad(lackOfPage, async () => {
        await target.kill(service);
        await target.whenReady();
        await until('the page is whole', isWhole);
      });
      const lost = lacking.filter((lack) => lack !== undefined && !lack.includes('currently unavailable'));
      expect(lost).toEqual([]);
    },
  );

  test('after the end of the pod of productpage the pages come back', async () => {
    await target.kill('productpage');
    await target.whenReady();
    await until('the page is whole', isWhole);
    expect(await lackOfPage()).toBeUndefined();
  });
});

describe.skipIf(lacks('rolling restarts'))('rolling restarts', { timeout: HANG_MS }, () => {
  test('the restart of every Deployment at once costs no page and no part of one, under load', async () => {
    const lacking = await underLoad(lackOfPage, async () => {
      await target.restart(DEPLOYMENTS);
      await target.whenReady();
    });
    expect(lacking.filter((lack) => lack !== undefined)).toEqual([]);
  });
});

describe.skipIf(lacks('replicas', 'process faults'))('with two pods of each Deployment', () => {
  let pods: AsyncDisposable;
  beforeAll(async () => {
    pods = await twoPods();
  }, HANG_MS);
  afterAll(() => pods[Symbol.asyncDispose](), HANG_MS);

  test.each(SERVICES)(
    'the end of a pod of %s costs no page and no part of one, where a rule repeats requests whose connection breaks',
    async (service) => {
      await using _rules = await appliedText(retrying(service));
      const lacking = await underLoad(lackOfPage, async (load) => {
        for (let kills = 0; kills < KILLS; kills += 1) {
          await target.whenReady();
          await target.kill(service);
          await load.next(PAGES / 4);
        }
        await target.whenReady();
      });
      expect(lacking.filter((lack) => lack !== undefined)).toEqual([]);
    },
  );

  test.skipIf(lacks('pauses')).each(SERVICES)(
    'a pod of %s that hangs costs no page and no part of one, where a rule limits and repeats each try',
    async (service) => {
      await using _rules = await appliedText(retrying(service));
      const lacking = await underLoad(lackOfPage, async (load) => {
        await using _hanging = await target.pause(service);
        await load.next(PAGES);
      });
      await target.whenReady();
      expect(lacking.filter((lack) => lack !== undefined)).toEqual([]);
    },
  );
});
