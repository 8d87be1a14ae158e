import { expect, test } from 'vitest';
import { gStatistic } from './g-statistic.js';
import { leastDisplaced, type Move } from './least-displaced.js';

test('moves as many responses back as bring the counts nearer to the shares', () => {
  const back: Move[] = [[1, 0]];
  expect(leastDisplaced([60, 40], [0.7, 0.3], back, 4)).toEqual([64, 36]);
  expect(leastDisplaced([60, 40], [0.7, 0.3], back, 40)).toEqual([70, 30]);
  expect(leastDisplaced([80, 20], [0.7, 0.3], back, 40)).toEqual([80, 20]);
  expect(leastDisplaced([0, 0], [0.7, 0.3], back, 1)).toEqual([0, 0]);
});

test('finds the smallest G of all moves, along several steps too', () => {
  const moves: Move[] = [
    [1, 0],
    [2, 0],
    [2, 1],
    [4, 3],
  ];
  const shares = [0.3, 0.1, 0.2, 0.25, 0.15];
  const counts = [22, 14, 28, 20, 16];
  const smallest = (most: number, from = counts): number =>
    Math.min(
      gStatistic(from, shares),
      ...(most === 0
        ? []
        : moves
            .filter(([source]) => from[source]! > 0)
            .map(([source, target]) =>
              smallest(
                most - 1,
                from.map((count, i) => count + Number(i === target) - Number(i === source)),
              ),
            )),
    );
  for (const most of [1, 2, 3, 5])
    expect(gStatistic(leastDisplaced(counts, shares, moves, most), shares)).toBeCloseTo(smallest(most), 9);
});
