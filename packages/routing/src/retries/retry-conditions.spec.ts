import { expect, test } from 'vitest';
import { HeaderList } from '../http/header-list.js';
import { DEFAULT_RETRY_POLICY } from '../route-table/retry-defaults.js';
import type { RetryPolicy } from '../route-table/route-action.js';
import { PerTryTimeout, UpstreamReset, type ResetReason } from './upstream-reset.js';
import { isRetriableResponse, isRetriableReset } from './retry-conditions.js';

const on = (condition: string): RetryPolicy => ({
  ...DEFAULT_RETRY_POLICY,
  retryOn: [condition],
  retriableStatusCodes: [418],
});

test.each([
  ['5xx', [500, 502, 503, 504, 599]],
  ['gateway-error', [502, 503, 504]],
  ['retriable-4xx', [409]],
  ['retriable-status-codes', [418]],
  ['reset', []],
  ['connect-failure', []],
])('%s retries responses with the status %j', (condition, wanted) => {
  const statuses = [200, 404, 409, 418, 499, 500, 502, 503, 504, 599];
  const retried = statuses.filter((status) => isRetriableResponse({ status }, on(condition)));
  expect(retried).toEqual(wanted);
});

const RESETS: ResetReason[] = [
  'remote connection failure',
  'connection timeout',
  'connection termination',
  'protocol error',
];
test.each([
  ['5xx', RESETS],
  ['gateway-error', RESETS],
  ['reset', RESETS],
  ['connect-failure', RESETS.slice(0, 2)],
  ['reset-before-request', RESETS.slice(0, 2)],
  ['refused-stream', []],
  ['retriable-4xx', []],
  ['unavailable', []],
])('without a response %s retries %j', (condition, wanted) => {
  const retried = RESETS.filter((reason) => isRetriableReset(new UpstreamReset(reason), on(condition)));
  expect(retried).toEqual(wanted);
  const afterTimeout = isRetriableReset(new PerTryTimeout(), on(condition));
  expect(afterTimeout).toBe(['5xx', 'gateway-error', 'reset'].includes(condition));
});

test.each([
  ['cancelled', '1'],
  ['deadline-exceeded', '4'],
  ['resource-exhausted', '8'],
  ['internal', '13'],
  ['unavailable', '14'],
])('%s retries responses with the grpc-status %s', (condition, code) => {
  const codes = ['0', '1', '2', '4', '8', '13', '14', '16'];
  const retried = codes.filter((value) =>
    isRetriableResponse(
      { status: 200, headers: HeaderList.fromRaw(['date', 'x', 'grpc-status', value]) },
      on(condition),
    ),
  );
  expect(retried).toEqual([code]);
  expect(isRetriableResponse({ status: 503 }, on(condition))).toBe(false);
});

test('a rate-limited response is retried only on envoy-ratelimited', () => {
  const limited = { status: 503, headers: HeaderList.fromRaw(['x-envoy-ratelimited', 'true']) };
  expect(isRetriableResponse(limited, on('5xx'))).toBe(false);
  expect(isRetriableResponse(limited, on('envoy-ratelimited'))).toBe(true);
  expect(isRetriableResponse({ status: 503 }, on('envoy-ratelimited'))).toBe(false);
});
