/**
 * The smallest number of [low, high] for which `holds` is true, to the last bit, by bisection. `holds` must be
 * false up to some point and true from there on; `high` when it never is true.
 */
export function firstWhere(low: number, high: number, holds: (x: number) => boolean): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}
