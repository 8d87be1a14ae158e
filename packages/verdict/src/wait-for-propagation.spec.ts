import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import { waitForPropagation } from './wait-for-propagation.js';

/** Lets as many pauses between polls pass. */
async function pass(clock: ManualClock, pauses: number): Promise<void> {
  for (let pause = 0; pause < pauses; pause += 1) {
    await clock.waitFor(50);
    clock.advance(50);
  }
}

test('polls until there is no failure', async () => {
  const clock = new ManualClock();
  const failures = ['not yet', 'not yet', undefined];
  const waiting = waitForPropagation(() => Promise.resolve(failures.shift()), 2000, clock);
  await pass(clock, 2);
  expect(await waiting).toBeUndefined();
  expect(failures).toEqual([]);
});

test('returns the last failure after the limit', async () => {
  const clock = new ManualClock();
  let polls = 0;
  const waiting = waitForPropagation(() => Promise.resolve(`failure ${(polls += 1)}`), 100, clock);
  await pass(clock, 2);
  expect(await waiting).toBe('failure 3');
});
