import { expect, test } from 'vitest';
import { countOutcomes, sendRequests } from './sample.js';

test('sends every request once, and no more than the limit at a time', async () => {
  let inFlight = 0;
  let max = 0;
  let sent = 0;
  const results = await sendRequests(
    async () => {
      inFlight += 1;
      max = Math.max(max, inFlight);
      await Promise.resolve();
      inFlight -= 1;
      return (sent += 1);
    },
    { requests: 10, concurrency: 3 },
  );
  expect(results.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(max).toBe(3);
});

test('counts outcomes, and keeps the first unpredicted one', () => {
  const predicted = new Map([['v1', 1]]);
  expect(countOutcomes(['v1', 'v3', 'v1', 'v2'], predicted)).toEqual({
    kind: 'sampled',
    counts: new Map([
      ['v1', 2],
      ['v3', 1],
      ['v2', 1],
    ]),
    firstUnpredicted: 'v3',
  });
  expect(countOutcomes(['v1'], predicted)).not.toHaveProperty('firstUnpredicted');
});
