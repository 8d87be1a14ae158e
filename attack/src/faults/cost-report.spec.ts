import { expect, test } from 'vitest';
import { costLines, isFailure } from './cost-report.ts';
import type { Outcome } from './load.ts';
import type { Cost } from './run-scenarios.ts';

const GOOD: Outcome = { kind: 'good', detail: '', sentAt: 0, milliseconds: 20 };
const PARTIAL: Outcome = { ...GOOD, kind: 'partial', detail: 'details are currently unavailable' };
const LOST: Outcome = { ...GOOD, kind: 'lost', detail: 'ECONNRESET', milliseconds: 1500 };

const costOf = (outcomes: Outcome[], losesNothing: boolean): Cost => ({
  scenario: { name: 'SIGKILL of details', replicas: 2, losesNothing, run: () => Promise.reject(new Error()) },
  calibration: { possible: 100, rate: 20 },
  outcomes,
  untilGoodMs: 1200,
  before: { megabytes: 180, descriptors: 85 },
  after: { megabytes: 182, descriptors: 75 },
});

test.each([
  { kind: 'lost', outcome: LOST, losesNothing: true, fails: true },
  { kind: 'partial', outcome: PARTIAL, losesNothing: true, fails: true },
  { kind: 'good', outcome: GOOD, losesNothing: true, fails: false },
  { kind: 'lost', outcome: LOST, losesNothing: false, fails: false },
])(
  'a $kind response, where nothing may be lost: $losesNothing, is a failure: $fails',
  ({ outcome, losesNothing, fails }) => {
    expect(isFailure(costOf([GOOD, outcome], losesNothing))).toBe(fails);
  },
);

test('a fault has a line with its counts, the slowest response, the time until all are good, and what was lost', () => {
  const [rate, , table] = costLines([costOf([GOOD, PARTIAL, LOST, LOST], true)]);
  expect(rate).toBe('replicas 2: 20 pages/s of 100 possible');
  expect(table?.split('\n')[1]?.split(/ {3,}/)).toEqual([
    '2',
    'SIGKILL of details',
    '4',
    '1',
    '1',
    '2',
    '1.5 s',
    '1.2 s',
    '180 to 182 MB',
    '85 to 75',
    'FAILS: 1 x details are currently unavailable, 2 x ECONNRESET',
  ]);
});
