import { expect, test } from 'vitest';
import { observedDelay } from './observed-delay.js';

test.each([
  // Up to 2 s late, a response has the predicted delay.
  [0, [0], 0, 0],
  [2000, [0], 0, 0],
  [2001, [0], 0, 2000],
  [9000, [7000], 0, 7000],
  [9001, [7000], 0, 9000],
  // Control requests of 400 ms explain 1.2 s more.
  [3200, [0], 400, 0],
  [3201, [0], 400, 3000],
  // The longest predicted delay that fits.
  [999, [0, 1000, 7000], 0, 1000],
  [997, [0, 1000, 7000], 0, 0],
  [6900, [0, 1000, 7000], 3000, 1000],
  [7000, [0, 1000, 7000], 0, 7000],
  // Slowness explains no response that is too early.
  [997, [1000], 5000, 0],
  [6997, [7000], 5000, 6000],
  // Of an unpredicted outcome the time is reported in whole seconds.
  [1999, [], 0, 1000],
])(
  '%d ms with the predicted delays %j and control requests of %d ms are a delay of %d ms',
  (elapsed, predicted, slowness, delay) => {
    expect(observedDelay(elapsed, predicted, slowness)).toBe(delay);
  },
);
