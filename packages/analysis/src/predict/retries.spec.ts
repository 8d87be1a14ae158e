import { describe, expect, test } from 'vitest';
import { DEFAULT_RETRY_POLICY, type RetryPolicy, UpstreamReset } from '@bookinfo/routing';
import { answerLabel } from './answer.js';
import { groupBy, type Distribution } from './distribution.js';
import { respond } from './program.js';
import { answersWithRetries, type EndpointGroup, type TryResult } from './retries.js';

const ON_503: Partial<RetryPolicy> = { retryOn: ['retriable-status-codes'], retriableStatusCodes: [503] };
const REFUSED: TryResult = { reset: new UpstreamReset('remote connection failure'), delayMs: 0 };

function answer(name: string, status: number, delayMs = 0): TryResult {
  return { answer: { ...respond({ name, version: 'v1' }, status), delayMs } };
}

/** A share of the tries fails. */
function failing(
  share: number,
  failure = answer('a', 503),
  success = answer('a', 200),
): Distribution<TryResult> {
  return [{ value: failure, share }, ...(share < 1 ? [{ value: success, share: 1 - share }] : [])];
}

function shares(groups: EndpointGroup[], retryPolicy: Partial<RetryPolicy>, timeoutMs = 0) {
  const policy = { timeoutMs, retryPolicy: { ...DEFAULT_RETRY_POLICY, ...retryPolicy } };
  const answers = groupBy(answersWithRetries(groups, policy), answerLabel);
  expect(answers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  return Object.fromEntries(
    answers.map(({ value, share }) => [answerLabel(value), Number(share.toFixed(12))]),
  );
}

test.each([0, 1, 2, 5])(
  'with %i retries a failure of f on each try is one of f^(1+n), for the n+1st part of it',
  (numRetries) => {
    const result = shares([{ count: 1, results: failing(0.5) }], { ...ON_503, numRetries });
    const tries = numRetries === 0 ? '' : `, ${numRetries + 1} tries`;
    expect(result[`503 a${tries}`]).toBe(Number((0.5 ** (1 + numRetries)).toFixed(12)));
    expect(result['200 a']).toBe(0.5);
  },
);

test('a retry goes to an endpoint that was not tried, as long as there is one', () => {
  const groups = [
    { count: 1, results: failing(1, answer('bad', 503)) },
    { count: 2, results: failing(1, answer('good', 200)) },
  ];
  const once = { ...ON_503, numRetries: 1 };
  expect(shares(groups, once)).toEqual({
    '200 good': 0.666666666667,
    '200 good, 2 tries': 0.333333333333,
  });
  expect(shares(groups, { ...once, avoidPreviousHosts: false })).toEqual({
    '200 good': 0.666666666667,
    '200 good, 2 tries': 0.222222222222,
    '503 bad, 2 tries': 0.111111111111,
  });
});

describe('(B18.17) by default', () => {
  test('a connection that fails is tried two times more', () => {
    expect(shares([{ count: 1, results: failing(0.1, REFUSED) }], {})).toEqual({
      '200 a': 0.9,
      '200 a, 2 tries': 0.09,
      '200 a, 3 tries': 0.009,
      '503 from the proxy, 3 tries': 0.001,
    });
  });

  test('a 503 of the backend is final', () => {
    expect(shares([{ count: 1, results: failing(0.1) }], {})).toEqual({ '200 a': 0.9, '503 a': 0.1 });
  });
});

describe('time', () => {
  const slow = failing(0.5, answer('a', 200, 3000));

  test('a try that is too slow is a failure at its limit, which is tried again where resets are', () => {
    const limits = { perTryTimeoutMs: 1000, retryOn: ['gateway-error'], numRetries: 1 };
    expect(shares([{ count: 1, results: slow }], limits)).toEqual({
      '200 a': 0.5,
      '200 a after 1 s, 2 tries': 0.25,
      '504 from the proxy after 2 s, 2 tries': 0.25,
    });
    expect(shares([{ count: 1, results: slow }], { perTryTimeoutMs: 1000 })).toEqual({
      '200 a': 0.5,
      '504 from the proxy after 1 s': 0.5,
    });
  });

  test("the route's timeout covers all tries", () => {
    const limits = { perTryTimeoutMs: 1000, retryOn: ['5xx'], numRetries: 5 };
    expect(shares([{ count: 1, results: slow }], limits, 2500)).toEqual({
      '200 a': 0.5,
      '200 a after 1 s, 2 tries': 0.25,
      '200 a after 2 s, 3 tries': 0.125,
      '504 from the proxy after 2.5 s, 3 tries': 0.125,
    });
  });
});
