import { expect, test } from 'vitest';
import { rulesOfTest } from '../../support/sources.ts';
import { Load } from '../../support/load.ts';
import { reviewsVersion } from '../../support/page.ts';
import { judgeShares } from '../../support/shares.ts';
import { target } from '../../support/target/index.ts';

const PERIOD_MS = 10;

const canary = (v3: number) =>
  rulesOfTest(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - route:
        - { destination: { host: reviews, subset: v1 }, weight: ${100 - v3} }
        - { destination: { host: reviews, subset: v3 }, weight: ${v3} }
`);

/** Resolves when a share is in force. It stays in force: the next one replaces it. */
async function climb(v3: number): Promise<AsyncDisposable> {
  await target.apply([canary(v3)]);
  return { [Symbol.asyncDispose]: async () => undefined };
}

test('v3 takes over from v1 in steps of 0, 10, 50 and 100 % under load, and no request is lost', async () => {
  await target.apply([canary(0)]);
  await using load = new Load(() => reviewsVersion(), PERIOD_MS);
  const judged = await judgeShares(
    [0, 10, 50, 100].map((v3) => ({
      title: `${v3} %`,
      shares: { v1: (100 - v3) / 100, v3: v3 / 100 },
      inForce: () => climb(v3),
      versions: (requests) => load.next(requests),
    })),
  );
  const versions = new Set(await load.end());
  await target.delete([canary(0)]);
  expect(judged).toEqual(['0 %', '10 %', '50 %', '100 %'].map((title) => [title, 'agrees']));
  expect([...versions].toSorted()).toEqual(['v1', 'v3']);
});
