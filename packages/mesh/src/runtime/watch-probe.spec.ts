import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import { watchProbe } from './watch-probe.js';

/** Runs the watch on these results, and returns the checks and the time until the verdict changed. */
async function watchResults(results: boolean[], initially = false) {
  const clock = new ManualClock();
  const end = new AbortController();
  const changes: [number, boolean][] = [];
  const periods: number[] = [];
  const rest = [...results];
  const watching = watchProbe(
    {
      check: () => Promise.resolve(rest.shift() ?? false),
      initially,
      successThreshold: 2,
      failureThreshold: 3,
      startPeriodMs: 50,
      periodMs: 5000,
      onChange: (passes) => changes.push([results.length - rest.length, passes]),
    },
    clock,
    end.signal,
  );
  while (rest.length > 0) {
    await expect.poll(() => clock.waits).toHaveLength(1);
    periods.push(clock.waits[0]!);
    clock.advance(5000);
  }
  end.abort();
  await watching;
  return { changes, periods };
}

test('thresholds count results in a row', async () => {
  const results = [true, false, true, true, false, false, true, false, false, false];
  expect((await watchResults(results)).changes).toEqual([
    [4, true],
    [10, false],
  ]);
});

test('checks follow each other quickly until the first success, then at the manifest’s period', async () => {
  const { periods } = await watchResults([false, false, true, true, false, false]);
  expect(periods).toEqual([50, 50, 50, 5000, 5000, 5000]);
});

test('nothing is said as long as the first verdict holds', async () => {
  expect((await watchResults([true, false, false, true], true)).changes).toEqual([]);
});
