import { gStatistic } from './g-statistic.js';

/** A move of one response between two outcomes, by their index. */
export type Move = readonly [from: number, to: number];

/**
 * Returns the counts with the smallest G that at most `most` of these moves lead to. Since G is convex, the steepest move each
 * time leads to the smallest.
 */
export function leastDisplaced(
  counts: readonly number[],
  shares: readonly number[],
  moves: readonly Move[],
  most: number,
): number[] {
  let best = [...counts];
  let g = gStatistic(best, shares);
  for (let step = 0; step < most; step += 1) {
    const candidates = moves
      .filter(([from]) => (best[from] ?? 0) > 0)
      .map((move) => moved(best, move))
      .map((each) => ({ each, g: gStatistic(each, shares) }));
    const [next] = candidates.toSorted((a, b) => a.g - b.g);
    if (!next || next.g >= g) return best;
    ({ each: best, g } = next);
  }
  return best;
}

function moved(counts: readonly number[], [from, to]: Move): number[] {
  return counts.map((count, index) => count + Number(index === to) - Number(index === from));
}
