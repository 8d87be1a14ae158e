import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import type { PlannedClaim } from './run-trials.js';
import { runTrials } from './run-trials.js';
import { countOutcomes } from './sample.js';

const planned = (title: string, outcomes: Record<string, number>): PlannedClaim => ({
  title,
  origin: { file: 'rules.yaml', line: 1, column: 1 },
  request: 'GET /',
  outcomes: new Map(Object.entries(outcomes)),
});

/** Returns an observation in which the outcomes take turns. */
async function inTurn({ outcomes }: PlannedClaim, requests: number) {
  await Promise.resolve();
  const labels = [...outcomes.keys()];
  return countOutcomes(
    Array.from({ length: requests }, (_, index) => labels[index % labels.length] ?? ''),
    outcomes,
  );
}

test('plans the requests of all claims, observes one after the other, and reports each', async () => {
  const clock = new ManualClock();
  const progress: [string, number][] = [];
  const [split, missing, single] = [
    planned('split', { v1: 0.5, v2: 0.5 }),
    planned('missing', {}),
    planned('single', { v1: 1 }),
  ];
  const report = await runTrials(
    [
      { claim: split, observe: ({ requests }) => inTurn(split, requests) },
      { claim: missing, observation: { kind: 'unreachable', reason: 'no request reaches it' } },
      { claim: single, observe: ({ requests }) => inTurn(single, requests) },
    ],
    {
      target: 'http://127.0.0.1:9080',
      clock,
      random: () => 0,
      onProgress: (title, requests) => {
        progress.push([title, requests]);
      },
    },
  );
  expect(progress).toEqual([
    ['split', 861],
    ['single', 51],
  ]);
  expect(report.verdicts.map(({ title, status, responses }) => [title, status, responses])).toEqual([
    ['split', 'agrees', 861],
    ['missing', 'unreachable', 0],
    ['single', 'agrees', 51],
  ]);
  expect(report.started).toBe(clock.date().toISOString());
});
