import { expect, test } from 'vitest';
import { bucketOf, LATENCY_BUCKETS, quantile } from './latency-buckets.js';

test.each([0.2, 1, 7, 100, 2500, 60_000])('a time of %f ms is known to within 10 %% of 1 ms more', (ms) => {
  const counts = new Uint32Array(LATENCY_BUCKETS);
  counts[bucketOf(ms)] = 1;
  const found = quantile(counts, 0.5) ?? Number.NaN;
  expect(Math.abs(found - ms) / (ms + 1)).toBeLessThan(0.1);
});

test('quantiles are those of all times', () => {
  const counts = new Uint32Array(LATENCY_BUCKETS);
  counts[bucketOf(10)] = 98;
  counts[bucketOf(3000)] = 2;
  expect(quantile(counts, 0.5)).toBeLessThan(12);
  expect(quantile(counts, 0.99)).toBeGreaterThan(2700);
  expect(quantile(new Uint32Array(LATENCY_BUCKETS), 0.5)).toBeUndefined();
});

test('a time beyond the last bucket is in it', () => {
  expect(bucketOf(1e9)).toBe(LATENCY_BUCKETS - 1);
});
