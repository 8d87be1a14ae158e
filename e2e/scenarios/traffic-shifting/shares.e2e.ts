import { expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { judgeShares } from '../../support/shares.ts';

const EVEN = { v1: 1 / 3, v2: 1 / 3, v3: 1 / 3 };
const VERSIONS = 'platform/kube/bookinfo-versions';

const SPLITS: [file: string, shares: Record<string, number>, ...with_: string[]][] = [
  ['networking/destination-rule-reviews', EVEN],
  ['networking/virtual-service-reviews-50-v3', { v1: 0.5, v3: 0.5 }],
  ['networking/virtual-service-reviews-80-20', { v1: 0.8, v2: 0.2 }],
  ['networking/virtual-service-reviews-90-10', { v1: 0.9, v2: 0.1 }],
  ['networking/virtual-service-reviews-v2-v3', { v2: 0.5, v3: 0.5 }],
  ['gateway-api/route-reviews-50-v3', { v1: 0.5, v3: 0.5 }, VERSIONS],
  ['gateway-api/route-reviews-90-10', { v1: 0.9, v2: 0.1 }, VERSIONS],
  ['kube/route-rule-reviews-50-v3', { v1: 0.5, v3: 0.5 }],
  ['kube/route-rule-reviews-80-20', { v1: 0.8, v2: 0.2 }],
  ['kube/route-rule-reviews-90-10', { v1: 0.9, v2: 0.1 }],
  ['kube/route-rule-reviews-v2-v3', { v2: 0.5, v3: 0.5 }],
];

test('under every rule file with weights the versions respond by them, and no other version does', async () => {
  const judged = await judgeShares(
    SPLITS.map(([file, shares, ...others]) => ({
      title: file,
      shares,
      inForce: () => applied(...others, file),
    })),
  );
  expect(judged).toEqual(SPLITS.map(([file]) => [file, 'agrees']));
});
