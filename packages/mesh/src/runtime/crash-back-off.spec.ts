import { expect, test } from 'vitest';
import { CrashBackOff } from './crash-back-off.js';

test('each crash doubles the wait, up to a minute', () => {
  const backOff = new CrashBackOff();
  const waits = Array.from({ length: 9 }, () => backOff.nextMs(100));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});

test('a minute without a crash starts it anew', () => {
  const backOff = new CrashBackOff();
  backOff.nextMs(0);
  backOff.nextMs(0);
  expect(backOff.nextMs(60_000)).toBe(500);
});
