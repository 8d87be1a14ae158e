import { expect, test } from 'vitest';
import { clopperPearson } from './share-interval.js';

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
