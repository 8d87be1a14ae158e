import { expect, test } from 'vitest';
import { compileLbPolicy } from './load-balancer.js';

const duration = { ms: 10_000, text: '10s' };
const warmup = { duration, minimumPercent: 30, aggression: 2 };

test.each(['LEAST_REQUEST', 'ROUND_ROBIN'] as const)('with %s a warmup is a slow start', (simple) => {
  expect(compileLbPolicy({ simple, warmup }, '1.31')).toEqual({
    kind: simple,
    slowStart: { windowMs: 10_000, minWeightPercent: 30, aggression: 2 },
  });
});

test('the default load balancer has the slow start too, and the deprecated field has the default values', () => {
  expect(compileLbPolicy({ warmupDurationSecs: duration }, '1.31')).toEqual({
    kind: 'LEAST_REQUEST',
    slowStart: { windowMs: 10_000, minWeightPercent: 10, aggression: 1 },
  });
  expect(compileLbPolicy({ warmupDurationSecs: duration, warmup }, '1.31')).toMatchObject({
    slowStart: { aggression: 2 },
  });
});

test.each([
  [{ simple: 'RANDOM' }, { kind: 'RANDOM' }],
  [{ simple: 'PASSTHROUGH' }, { kind: 'CLUSTER_PROVIDED' }],
  [{ consistentHash: { useSourceIp: true } }, { kind: 'RING_HASH', minimumRingSize: 1024 }],
] as const)('%j disregards a warmup', (settings, policy) => {
  expect(compileLbPolicy({ ...settings, warmup }, '1.31')).toEqual(policy);
});
