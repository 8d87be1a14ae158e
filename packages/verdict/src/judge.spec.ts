import { describe, expect, test } from 'vitest';
import type { Claim, DelayedPair, Observation, Timing } from './claim.js';
import { judge, type Trial } from './judge.js';
import { alphaPerTest, planRequests } from './plan-requests.js';
import { clopperPearson } from './statistics/share-interval.js';
import { allAgree, type Verdict } from './verdict.js';

const PLAN = { alpha: 0.001, power: 0.99, shift: 0.1 };
const HALF = { 'reviews-v1 200': 0.5, 'reviews-v3 200': 0.5 };
const noDraw = (): number => {
  throw new Error('this test draws no random number');
};

function trial(outcomes: Record<string, number>, result: Observation | Record<string, number>): Trial {
  const claim: Claim = {
    title: 'reviews, http[0]',
    origin: { file: 'reviews.yaml', line: 8, column: 5 },
    request: 'GET http://reviews:9080/reviews/0',
    outcomes: new Map(Object.entries(outcomes)),
    requests: 776,
  };
  return { claim, observation: isObservation(result) ? result : sampled(result) };
}

function sampled(counts: Record<string, number>): Observation {
  return { kind: 'sampled', counts: new Map(Object.entries(counts)) };
}

function isObservation(result: Observation | Record<string, number>): result is Observation {
  return typeof result['kind'] === 'string';
}

function verdictOn(...one: Parameters<typeof trial>): Verdict {
  return judge([trial(...one)], PLAN, noDraw)[0]!;
}

describe('one claim', () => {
  test('agrees with shares within the range of chance', () => {
    const verdict = verdictOn(HALF, { 'reviews-v1 200': 400, 'reviews-v3 200': 376 });
    expect(verdict).toMatchObject({ status: 'agrees', reasons: [], responses: 776, requests: 776 });
    expect(verdict.test?.threshold).toBe(0.0005);
    expect(verdict.outcomes[0]?.observed?.interval.low).toBeLessThan(0.5);
    expect(verdict.outcomes[0]?.detectable?.above).toBeCloseTo(0.6, 2);
    expect(verdict.outcomes[0]?.detectable?.below).toBeCloseTo(0.4, 2);
    expect(verdict.upperBoundUnseen).toBeCloseTo(0.0089, 4);
  });

  test('disagrees with an observed 60/40 instead of 50/50, and reports the observed interval', () => {
    const verdict = verdictOn(HALF, { 'reviews-v1 200': 466, 'reviews-v3 200': 310 });
    expect(verdict.status).toBe('disagrees');
    expect(verdict.reasons).toEqual([
      expect.stringMatching(/^reviews-v1 200 has 53.\d% to 66.\d% instead of 50%, .*threshold 0.001\)$/),
    ]);
  });

  test('disagrees on the first unpredicted outcome, which is not part of the test', () => {
    const firstUnpredicted = 'request 17: reviews-v2, status 200';
    const counts = new Map(
      Object.entries({ 'reviews-v1 200': 388, 'reviews-v3 200': 387, 'reviews-v2 200': 1 }),
    );
    const verdict = verdictOn(HALF, { kind: 'sampled', counts, firstUnpredicted });
    expect(verdict).toMatchObject({ status: 'disagrees', firstUnpredicted });
    expect(verdict.test?.pValue).toBe(1);
    expect(verdict.outcomes.map(({ label, predicted }) => [label, predicted])).toEqual([
      ['reviews-v1 200', 0.5],
      ['reviews-v3 200', 0.5],
      ['reviews-v2 200', 0],
    ]);
    expect(verdict.reasons[0]).toBe('1 of 776 responses: reviews-v2 200, which the manifests rule out');
  });

  test('unpredicted outcomes follow the predicted ones, the most frequent first', () => {
    const verdict = verdictOn({ a: 1 }, { c: 1, b: 2, a: 773 });
    expect(verdict.outcomes.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  });

  test('two outcomes have one interval, three share alpha', () => {
    const [first] = verdictOn(HALF, { 'reviews-v1 200': 400, 'reviews-v3 200': 376 }).outcomes;
    expect(first?.observed?.interval).toEqual(clopperPearson(400, 776, 0.0005));
    const [ofThree] = verdictOn({ a: 0.5, b: 0.25, c: 0.25 }, { a: 400, b: 200, c: 176 }).outcomes;
    expect(ofThree?.observed?.interval).toEqual(clopperPearson(400, 776, 0.0005 / 3));
  });

  test('an outcome with a predicted share of 0 is ruled out', () => {
    const never = { 'reviews-v1 200': 1, 'reviews-v2 200': 0 };
    expect(verdictOn(never, { 'reviews-v1 200': 776 })).toMatchObject({ status: 'agrees' });
    expect(verdictOn(never, { 'reviews-v1 200': 775, 'reviews-v2 200': 1 }).status).toBe('disagrees');
    expect(verdictOn(never, { 'reviews-v1 200': 776 }).test).toBeUndefined();
  });

  test('is unfinished when responses are missing, even when the others agree', () => {
    const verdict = verdictOn(HALF, { 'reviews-v1 200': 50, 'reviews-v3 200': 50 });
    expect(verdict.status).toBe('unfinished');
    expect(verdict.reasons).toEqual(['only 100 of 776 planned requests got a response']);
    expect(verdictOn(HALF, {}).status).toBe('unfinished');
  });

  test.each(['not in force', 'unreachable'] as const)(
    '%s keeps its reason and has no observed shares',
    (kind) => {
      const verdict = verdictOn(HALF, { kind, reason: 'an earlier rule takes every request' });
      expect(verdict).toMatchObject({ status: kind, reasons: ['an earlier rule takes every request'] });
      expect(verdict.outcomes[0]).toEqual({ label: 'reviews-v1 200', predicted: 0.5 });
    },
  );

  test('shares that do not add up to 1 are an error that names the claim', () => {
    expect(() => verdictOn({ a: 0.5, b: 0.4 }, {})).toThrow(
      'reviews, http[0]: shares must be 0 or more and add up to 1',
    );
  });
});

describe('several claims', () => {
  const unlikely = trial(HALF, { 'reviews-v1 200': 434, 'reviews-v3 200': 342 });
  const expected = trial(HALF, { 'reviews-v1 200': 388, 'reviews-v3 200': 388 });

  test('share one alpha: a shift that refutes one claim alone may occur by chance among several', () => {
    expect(judge([unlikely], { ...PLAN, alpha: 0.004 }, noDraw)[0]?.status).toBe('disagrees');
    expect(judge([unlikely, expected], { ...PLAN, alpha: 0.004 }, noDraw)[0]?.status).toBe('agrees');
  });

  test('a claim without a trial keeps its part of alpha', () => {
    const notInForce = trial(HALF, { kind: 'not in force', reason: 'the rule is not in the mesh' });
    expect(judge([unlikely, notInForce], { ...PLAN, alpha: 0.004 }, noDraw)[0]?.test?.threshold).toBe(0.001);
  });

  test('a claim takes a part of alpha for its shares, its lateness and its delays, and none when it is not observed', () => {
    const half = { outcomes: unlikely.claim.outcomes };
    const single = { outcomes: new Map([['details-v1 200', 1]]) };
    const none = { outcomes: new Map<string, number>() };
    const delayed = { ...half, delayed: [['reviews-v3 200', 'reviews-v1 200']] as const };
    expect(alphaPerTest([half, none], 0.001)).toBe(0.001 / 2);
    expect(alphaPerTest([half, single, single], 0.001)).toBe(0.001 / 4);
    expect(alphaPerTest([delayed], 0.001)).toBe(0.001 / 3);
    expect(planRequests([half, single], { ...PLAN, alpha: 0.003 }).map(({ requests }) => requests)).toEqual([
      776, 51,
    ]);
  });

  test('a second sample is never smaller than the first', () => {
    for (const claim of [{ outcomes: unlikely.claim.outcomes }, { outcomes: new Map([['a', 1]]) }])
      for (const shift of [0.01, 0.1, 0.5]) {
        const [size] = planRequests([claim], { ...PLAN, shift });
        expect(size?.confirming).toBeGreaterThanOrEqual(size?.requests ?? Infinity);
      }
  });
});

describe('times', () => {
  const ONE = { 'reviews-v1 200': 1 };
  const QUICK: Timing = {
    late: 0,
    requests: 776,
    lateControls: 0,
    controls: 1552,
    lateMs: 1000,
    excluded: 0,
    displacedControls: 0,
  };
  const timed = (timing: Partial<Timing>, counts: Record<string, number> = { 'reviews-v1 200': 776 }) =>
    ({
      kind: 'sampled',
      counts: new Map(Object.entries(counts)),
      timing: { ...QUICK, ...timing },
    }) satisfies Observation;

  test('a delay that control requests do not share refutes a claim', () => {
    const verdict = verdictOn(ONE, timed({ late: 20 }));
    expect(verdict.status).toBe('disagrees');
    expect(verdict.reasons).toEqual([
      "20 of 776 responses were 1 s or more later than predicted, and 0 of 1552 control requests, which no rule affects, 0.5 s or more: p = 2.4e-10 (Fisher's exact test, threshold 0.001)",
    ]);
    expect(verdict.delays).toMatchObject({ late: 20, lateControls: 0, lateMs: 1000 });
  });

  test('a delay that control requests share does not', () => {
    expect(judge([trial(ONE, timed({ late: 30, lateControls: 50 }))], PLAN, noDraw)).toMatchObject([
      { status: 'agrees', delays: { late: 30, lateControls: 50 } },
    ]);
  });

  test('a delay is untestable, in a verdict of its own, when control requests are too slow to tell', () => {
    const verdicts = judge([trial(ONE, timed({ late: 300, lateControls: 600 }))], PLAN, noDraw);
    expect(verdicts).toMatchObject([
      { status: 'agrees' },
      {
        title: 'reviews, http[0], delay',
        status: 'untestable',
        reasons: [
          'delay: 600 of 1552 control requests, which no rule affects, were slow as well, so a delay of 1 s for 10% of the requests cannot be told from the slowness of the machine',
        ],
      },
    ]);
    expect(allAgree({ target: '', started: '', durationMs: 0, ...PLAN, verdicts })).toBe(true);
  });

  test('late responses with an unpredicted outcome, such as timeouts, are not missing', () => {
    const verdict = verdictOn(
      ONE,
      timed({ late: 3, lateControls: 9, excluded: 3 }, { 'reviews-v1 200': 773 }),
    );
    expect(verdict).toMatchObject({ status: 'agrees', responses: 773, requests: 776 });
    expect(verdictOn(ONE, timed({}, { 'reviews-v1 200': 773 })).status).toBe('unfinished');
  });

  describe('of outcomes that differ by a delay', () => {
    const outcomes = { '200': 0.7, '200 after 2 s': 0.3 };
    const judged = (counts: Record<string, number>, timing: Partial<Timing>) => {
      const { claim, observation } = trial(outcomes, timed(timing, counts));
      const delayed: DelayedPair[] = [['200 after 2 s', '200']];
      return judge([{ claim: { ...claim, delayed }, observation }], PLAN, noDraw);
    };
    const shifted = { '200': 500, '200 after 2 s': 276 };

    test('the share of the slower one may be larger by as many responses as control requests were displaced', () => {
      expect(judged(shifted, {})[0]).toMatchObject({ status: 'agrees' });
      expect(verdictOn(outcomes, shifted).test?.pValue).toBeLessThan(judged(shifted, {})[0]!.test!.pValue);
      const more = { '200': 440, '200 after 2 s': 336 };
      expect(judged(more, {})[0]?.status).toBe('disagrees');
      expect(judged(more, { displacedControls: 200 })).toMatchObject([
        { status: 'agrees' },
        {
          status: 'untestable',
          reasons: [expect.stringContaining('the shares of the predicted delays cannot be told') as string],
        },
      ]);
    });

    test('a smaller share is never due to slowness', () => {
      const fewer = { '200': 630, '200 after 2 s': 146 };
      expect(judged(fewer, { displacedControls: 200 })[0]?.status).toBe('disagrees');
    });
  });
});

test('a run agrees when every claim agrees, and there is at least one', () => {
  const run = { target: '', started: '', durationMs: 0, ...PLAN };
  const agrees = verdictOn({ a: 1 }, { a: 776 });
  const disagrees = verdictOn({ a: 1 }, { a: 775, b: 1 });
  expect(allAgree({ ...run, verdicts: [agrees] })).toBe(true);
  expect(allAgree({ ...run, verdicts: [agrees, disagrees] })).toBe(false);
  expect(allAgree({ ...run, verdicts: [] })).toBe(false);
});

test.each([
  [{ alpha: 0, power: 0.99, shift: 0.1 }, 'alpha must be between 0 and 0.5, got 0'],
  [{ alpha: 0.001, power: 1, shift: 0.1 }, 'power must be between 0.5 and 1, got 1'],
  [{ alpha: 0.001, power: 0.99, shift: Number.NaN }, 'shift must be between 0 and 1, got NaN'],
])('a plan with a value out of range is an error: %j', (plan, message) => {
  expect(() => planRequests([], plan)).toThrow(new RangeError(message));
});
