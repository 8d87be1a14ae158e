import { expect, test } from 'vitest';
import { Clock } from './clock.provider.js';
import { Random } from './random.provider.js';

test('random numbers lie in [0, 1) and differ', () => {
  const random = new Random();
  const draws = Array.from({ length: 100 }, () => random.next());
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  expect(new Set(draws).size).toBeGreaterThan(90);
});

test('the clock waits for the given time', async () => {
  const clock = new Clock();
  const before = clock.now();
  await clock.sleep(50);
  // A timer of Node may fire up to a millisecond early.
  expect(clock.now() - before).toBeGreaterThan(48);
});

test('a signal ends a wait', async () => {
  const abort = new AbortController();
  const wait = new Clock().sleep(1e9, abort.signal);
  abort.abort();
  await expect(wait).rejects.toThrow('aborted');
});
