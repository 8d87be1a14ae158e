import { expect, test } from 'vitest';
import { agreeingShares, clopperPearson } from './share-interval.js';

test.each([
  [0, 776, 0, 0.009747162846677584],
  [388, 776, 0.44052471866428816, 0.5594752813357119],
  [1, 1000, 5.001249166190314e-7, 0.00995381434095081],
  [70, 700, 0.06640810130417149, 0.14239854668593485],
  [776, 776, 1 - 0.009747162846677584, 1],
])("%i of %i has scipy's exact 99.9 %% interval", (count, n, low, high) => {
  const interval = clopperPearson(count, n, 0.001);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});

test.each([
  [0, 10],
  [1, 10],
  [0.9, 50],
  [0.5, 1],
  [1 / 3, 700],
  [0.01, 30],
])('a share agrees with %f of %i exactly when its interval covers that', (share, n) => {
  const { low, high } = agreeingShares(share, n, 0.01);
  const covers = Array.from({ length: n + 1 }, (_, count) => {
    const interval = clopperPearson(count, n, 0.01);
    return interval.low <= share && share <= interval.high;
  });
  expect(Array.from({ length: n + 1 }, (_, count) => count / n >= low && count / n <= high)).toEqual(covers);
});
