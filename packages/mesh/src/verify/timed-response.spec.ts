import { expect, test } from 'vitest';
import type { PredictedOutcome } from './predicted-outcome.js';
import { timedOutcome } from './timed-response.js';

const label = (name: string, delayMs: number) => (delayMs > 0 ? `${name} after ${delayMs / 1000} s` : name);
const outcomes = (name: string, ...delays: number[]): PredictedOutcome[] =>
  delays.map((delayMs) => ({
    label: label(name, delayMs),
    share: 1 / delays.length,
    delayMs,
    response: name,
  }));
const outcome = (elapsedMs: number, predicted: PredictedOutcome[], name = 'v1') =>
  timedOutcome(
    { startedAt: 100, endedAt: 100 + elapsedMs, labelWith: (delayMs) => label(name, delayMs) },
    predicted,
    1000,
  );

test.each([
  // The longest predicted delay that fits; timers may fire a millisecond early.
  [0, [0], 'v1', false],
  [998, [0, 1000, 7000], 'v1 after 1 s', false],
  [997, [0, 1000, 7000], 'v1', false],
  [7000, [0, 1000, 7000], 'v1 after 7 s', false],
  // Late from a second after it.
  [999, [0], 'v1', false],
  [1000, [0], 'v1', true],
  [3000, [0, 1000, 7000], 'v1 after 1 s', true],
])('after %d ms with the predicted delays %j it is %s, late: %s', (elapsed, delays, expected, isLate) => {
  expect(outcome(elapsed, outcomes('v1', ...delays))).toEqual({ label: expected, isPredicted: true, isLate });
});

test('a response before its predicted delay is unpredicted, and slowness is no reason', () => {
  expect(outcome(6997, outcomes('v1', 7000))).toEqual({
    label: 'v1 after 6 s',
    isPredicted: false,
    isLate: false,
  });
});

test('only delays of the same response are predicted for it', () => {
  const predicted = [...outcomes('v1', 0), ...outcomes('v2', 2000)];
  expect(outcome(2500, predicted)).toEqual({ label: 'v1', isPredicted: true, isLate: true });
  expect(outcome(2500, predicted, 'v2')).toEqual({ label: 'v2 after 2 s', isPredicted: true, isLate: false });
});

test('an unpredicted response is late by the longest predicted delay that fits, so that a timeout after a fault is', () => {
  const predicted = outcomes('v1', 0, 2000);
  expect(outcome(2500, predicted, '504')).toEqual({
    label: '504 after 2 s',
    isPredicted: false,
    isLate: false,
  });
  expect(outcome(3000, predicted, '504')).toMatchObject({ isPredicted: false, isLate: true });
});
