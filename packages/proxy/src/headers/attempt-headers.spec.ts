import { expect, test } from 'vitest';
import { DEFAULT_RETRY_POLICY, type ForwardAction } from '@bookinfo/routing';
import { attemptHeaders } from './attempt-headers.js';

const action = (timeoutMs: number, perTryTimeoutMs: number): ForwardAction => ({
  kind: 'forward',
  weightedClusters: [],
  timeoutMs,
  retryPolicy: { ...DEFAULT_RETRY_POLICY, perTryTimeoutMs },
  mirrors: [],
  hashPolicies: [],
  clusterNotFoundStatus: 503,
});

test.each([
  ['no limit', 0, 0, 5, undefined],
  ['a timeout of the route', 300, 0, 0, '300'],
  ['a timeout of each attempt', 0, 200, 250, '200'],
  ['both', 300, 200, 0, '200'],
  ['both, later', 300, 200, 150.4, '150'],
  ['less than 1 ms left', 300, 0, 299.9, '1'],
  ['no time left', 300, 0, 400, '1'],
  ['a timeout of each attempt that is not shorter than the route’s', 300, 300, 100, '200'],
])('with %s the backend gets the time that is left', (_, timeoutMs, perTryTimeoutMs, elapsedMs, expected) => {
  const own = [['x-envoy-attempt-count', '2']];
  expect(attemptHeaders(action(timeoutMs, perTryTimeoutMs), 2, elapsedMs)).toEqual(
    expected === undefined ? own : [...own, ['x-envoy-expected-rq-timeout-ms', expected]],
  );
});
