/** Envoy's upper bounds of buckets, which Istio keeps (source/common/stats/histogram_impl.cc: ConstSupportedBuckets). */
export const BUCKETS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
] as const;

/** Counts of values by bucket, and their sum. */
export class Histogram {
  /** The last is for values above all bounds. */
  readonly #counts = new Float64Array(BUCKETS.length + 1);
  sum = 0;

  record(value: number): void {
    let bucket = 0;
    while (bucket < BUCKETS.length && value > (BUCKETS[bucket] ?? 0)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.sum += value;
  }

  /** Returns, for each bound and then for infinity, the count of the values up to it. */
  cumulative(): number[] {
    let total = 0;
    return Array.from(this.#counts, (count) => (total += count));
  }
}
