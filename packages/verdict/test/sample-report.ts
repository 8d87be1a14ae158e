import { judge, type Trial } from '../src/judge.js';
import type { Report } from '../src/verdict.js';

const PLAN = { alpha: 0.001, power: 0.99, shift: 0.1 };

/** Returns a run of three claims: one agrees, one disagrees, one is not in force. `name` is appended to every name. */
export function sampleReport(name = ''): Report {
  const trials: Trial[] = [
    {
      claim: {
        title: `VirtualService reviews, http[0]${name}`,
        origin: { file: `virtual-service-reviews-50-v3.yaml${name}`, line: 12, column: 7 },
        request: `GET http://reviews:9080/reviews/0${name}`,
        outcomes: new Map([
          [`reviews-v1 200${name}`, 0.5],
          [`reviews-v3 200${name}`, 0.5],
        ]),
        requests: 776,
      },
      observation: {
        kind: 'sampled',
        counts: new Map([
          [`reviews-v1 200${name}`, 386],
          [`reviews-v3 200${name}`, 390],
        ]),
      },
    },
    {
      claim: {
        title: `VirtualService ratings, http[0]${name}`,
        origin: { file: `virtual-service-ratings-test-abort.yaml${name}`, line: 8, column: 5 },
        request: `GET http://ratings:9080/ratings/0, end-user: jason${name}`,
        outcomes: new Map([[`aborted 500${name}`, 1]]),
        requests: 44,
      },
      observation: {
        kind: 'sampled',
        counts: new Map([
          [`aborted 500${name}`, 37],
          [`ratings-v1 503${name}`, 7],
        ]),
        firstUnpredicted: `request 31: ratings-v1, status 503${name}`,
      },
    },
    {
      claim: {
        title: `VirtualService details, http[0]${name}`,
        origin: { file: `virtual-service-details-v2.yaml${name}`, line: 8, column: 5 },
        request: `GET http://details:9080/details/0${name}`,
        findings: [`virtual-service-details-v2.yaml:9: error: details-v2 has no pod${name}`],
        outcomes: new Map([[`details-v2 200${name}`, 1]]),
        requests: 44,
      },
      observation: { kind: 'not in force', reason: `the mesh has no such rule${name}` },
    },
  ];
  const verdicts = judge(trials, PLAN, Math.random);
  return {
    target: `http://127.0.0.1:9080${name}`,
    started: '2026-11-22T10:00:00.000Z',
    durationMs: 3210,
    ...PLAN,
    verdicts,
  };
}
