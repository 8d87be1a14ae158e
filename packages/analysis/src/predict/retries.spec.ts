import { describe, expect, test } from 'vitest';
import { DEFAULT_RETRY_POLICY, type RetryPolicy, UpstreamReset } from '@bookinfo/routing';
import { responseLabel } from './predicted-response.js';
import { groupBy, type Distribution } from './distribution.js';
import { respond } from './program.js';
import { responsesWithRetries, type EndpointGroup, type AttemptResult } from './retries.js';

const ON_503: Partial<RetryPolicy> = { retryOn: ['retriable-status-codes'], retriableStatusCodes: [503] };
const REFUSED: AttemptResult = { reset: new UpstreamReset('remote connection failure'), delayMs: 0 };

function response(name: string, status: number, delayMs = 0): AttemptResult {
  return { response: { ...respond({ name, version: 'v1' }, status), delayMs } };
}

/** Attempts of which a share fails. */
function failing(
  share: number,
  failure = response('a', 503),
  success = response('a', 200),
): Distribution<AttemptResult> {
  return [{ value: failure, share }, ...(share < 1 ? [{ value: success, share: 1 - share }] : [])];
}

function shares(groups: EndpointGroup[], retryPolicy: Partial<RetryPolicy>, timeoutMs = 0) {
  const policy = { timeoutMs, retryPolicy: { ...DEFAULT_RETRY_POLICY, ...retryPolicy } };
  const responses = groupBy(responsesWithRetries(groups, policy), responseLabel);
  expect(responses.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  return Object.fromEntries(
    responses.map(({ value, share }) => [responseLabel(value), Number(share.toFixed(12))]),
  );
}

test.each([0, 1, 2, 5])(
  'with %i retries a share f of failed attempts is a share f^(1 + retries) of failed requests',
  (numRetries) => {
    const result = shares([{ count: 1, results: failing(0.5) }], { ...ON_503, numRetries });
    const attempts = numRetries === 0 ? '' : `, ${numRetries + 1} attempts`;
    expect(result[`503 a${attempts}`]).toBe(Number((0.5 ** (1 + numRetries)).toFixed(12)));
    expect(result['200 a']).toBe(0.5);
  },
);

test('a retry goes to an endpoint without an attempt, as long as there is one', () => {
  const groups = [
    { count: 1, results: failing(1, response('bad', 503)) },
    { count: 2, results: failing(1, response('good', 200)) },
  ];
  const once = { ...ON_503, numRetries: 1 };
  expect(shares(groups, once)).toEqual({
    '200 good': 0.666666666667,
    '200 good, 2 attempts': 0.333333333333,
  });
  expect(shares(groups, { ...once, avoidPreviousHosts: false })).toEqual({
    '200 good': 0.666666666667,
    '200 good, 2 attempts': 0.222222222222,
    '503 bad, 2 attempts': 0.111111111111,
  });
});

test('an endpoint has the share of its weight, and a retry goes to one without an attempt', () => {
  const groups = [
    { count: 2, results: failing(1, response('light', 200)) },
    { count: 1, weight: 3, results: failing(1, response('heavy', 503)) },
  ];
  expect(shares(groups, { ...ON_503, numRetries: 0 })).toEqual({ '200 light': 0.4, '503 heavy': 0.6 });
  expect(shares(groups, { ...ON_503, numRetries: 1 })).toEqual({
    '200 light': 0.4,
    '200 light, 2 attempts': 0.6,
  });
});

describe('by default', () => {
  test('a failed connection is retried twice', () => {
    expect(shares([{ count: 1, results: failing(0.1, REFUSED) }], {})).toEqual({
      '200 a': 0.9,
      '200 a, 2 attempts': 0.09,
      '200 a, 3 attempts': 0.009,
      '503 from the proxy, 3 attempts': 0.001,
    });
  });

  test('a 503 of the backend is final', () => {
    expect(shares([{ count: 1, results: failing(0.1) }], {})).toEqual({ '200 a': 0.9, '503 a': 0.1 });
  });
});

describe('time', () => {
  const slow = failing(0.5, response('a', 200, 3000));

  test('an attempt that reaches its time limit is retried when resets are', () => {
    const limits = { perTryTimeoutMs: 1000, retryOn: ['gateway-error'], numRetries: 1 };
    expect(shares([{ count: 1, results: slow }], limits)).toEqual({
      '200 a': 0.5,
      '200 a after 1 s, 2 attempts': 0.25,
      '504 from the proxy after 2 s, 2 attempts': 0.25,
    });
    expect(shares([{ count: 1, results: slow }], { perTryTimeoutMs: 1000 })).toEqual({
      '200 a': 0.5,
      '504 from the proxy after 1 s': 0.5,
    });
  });

  test("the route's timeout covers all attempts", () => {
    const limits = { perTryTimeoutMs: 1000, retryOn: ['5xx'], numRetries: 5 };
    expect(shares([{ count: 1, results: slow }], limits, 2500)).toEqual({
      '200 a': 0.5,
      '200 a after 1 s, 2 attempts': 0.25,
      '200 a after 2 s, 3 attempts': 0.125,
      '504 from the proxy after 2.5 s, 3 attempts': 0.125,
    });
  });
});
