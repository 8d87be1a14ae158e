/** Buckets for each doubling: a value is known to within 9 %. */
const PER_DOUBLING = 4;

/** Buckets up to 131 s; the last one holds longer times too. */
export const LATENCY_BUCKETS = 17 * PER_DOUBLING;

/** Returns the bucket of a time in milliseconds. */
export function bucketOf(ms: number): number {
  return Math.min(LATENCY_BUCKETS - 1, Math.floor(Math.log2(ms + 1) * PER_DOUBLING));
}

/** Returns the time in milliseconds that this share of all counted times does not exceed; undefined when none is counted. */
export function quantile(counts: ArrayLike<number>, share: number): number | undefined {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let left = Math.ceil(total * share);
  let bucket = -1;
  while (left > 0) {
    bucket += 1;
    left -= counts[bucket] ?? 0;
  }
  return 2 ** ((bucket + 0.5) / PER_DOUBLING) - 1;
}
