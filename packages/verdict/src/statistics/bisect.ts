/**
 * Returns the smallest number in [low, high] for which `condition` is true, to the last bit. The condition must be
 * monotonic: false up to some number and true above it. Returns `high` when it is never true.
 */
export function bisect(low: number, high: number, condition: (x: number) => boolean): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (condition(middle)) high = middle;
    else low = middle;
  }
}
