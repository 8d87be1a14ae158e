import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import type { Observation } from './claim.js';
import { type PlannedTrial, runTrials } from './run-trials.js';
import { countOutcomes } from './sample.js';

const planned = (
  title: string,
  outcomes: Record<string, number>,
  observation?: Observation,
): PlannedTrial => ({
  claim: {
    title,
    origin: { file: 'rules.yaml', line: 1, column: 1 },
    request: 'GET /',
    outcomes: new Map(Object.entries(outcomes)),
  },
  ...(observation && { observation }),
});

test('plans the requests of all claims, observes one after the other, and reports each', async () => {
  const clock = new ManualClock();
  const progress: [string, number][] = [];
  const trials = [
    planned('split', { v1: 0.5, v2: 0.5 }),
    planned('missing', { v1: 1 }, { kind: 'unreachable', reason: 'no request reaches it' }),
    planned('single', { v1: 1 }),
  ];
  const report = await runTrials(
    trials,
    async ({ claim: { outcomes } }, requests) => {
      await Promise.resolve();
      const labels = [...outcomes.keys()];
      return countOutcomes(
        Array.from({ length: requests }, (_, index) => labels[index % labels.length] ?? ''),
        outcomes,
      );
    },
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
    ['split', 776],
    ['single', 44],
  ]);
  expect(report.verdicts.map(({ title, status, responses }) => [title, status, responses])).toEqual([
    ['split', 'agrees', 776],
    ['missing', 'unreachable', 0],
    ['single', 'agrees', 44],
  ]);
  expect(report.started).toBe(clock.date().toISOString());
});
