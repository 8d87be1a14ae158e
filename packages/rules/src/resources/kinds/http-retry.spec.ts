import { expect, test } from 'vitest';
import { problemsOfSpec } from '../../testing/problems-of-spec.js';

const problemsOf = (retries: string): string[] =>
  problemsOfSpec(
    'VirtualService',
    `{ hosts: [reviews], http: [{ retries: ${retries}, route: [{ destination: { host: reviews } }] }] }`,
  );
const OFF =
  'spec.http[0].retries: without attempts, or with 0, retries are off, so perTryTimeout, retryOn and retryRemoteLocalities cannot be set';

test.each([
  '{}',
  '{ attempts: 0 }',
  '{ attempts: 0, backoff: 1s, retryIgnorePreviousHosts: true }',
  '{ attempts: 3, perTryTimeout: 2s, retryOn: "5xx,503,reset-before-request", backoff: 10ms }',
  '{ attempts: 1, retryOn: "" }',
  '{ attempts: 1, retryIgnorePreviousHosts: false, retryRemoteLocalities: true }',
])('accepts %s', (retries) => {
  expect(problemsOf(retries)).toEqual([]);
});

test.each([
  ['{ perTryTimeout: 2s }', OFF],
  ['{ attempts: 0, retryOn: 5xx }', OFF],
  ['{ retryRemoteLocalities: false }', OFF],
  ['{ attempts: -1 }', 'spec.http[0].retries.attempts: -1 is not a whole number from 0 to 2147483647'],
  ['{ attempts: 1, backoff: 0s }', expect.stringContaining('retries.backoff: "0s" is not a duration')],
  [
    '{ attempts: 1, numRetries: 1 }',
    'spec.http[0].retries.numRetries is not known here (known: attempts, backoff, perTryTimeout, retryIgnorePreviousHosts, retryOn, retryRemoteLocalities)',
  ],
])('refuses %s', (retries, message) => {
  expect(problemsOf(retries)).toEqual([message]);
});

test.each(['555', '509', '99', 'sometimes', '5XX', '5xx, reset', 'reset,', '"503 "', '5e2', '0503'])(
  'refuses to retry on %j, as Istio does',
  (retryOn) => {
    expect(problemsOf(`{ attempts: 1, retryOn: ${JSON.stringify(retryOn)} }`)).toEqual([
      expect.stringMatching(
        /^spec\.http\[0\]\.retries\.retryOn: .* is not a list of conditions or registered HTTP/,
      ),
    ]);
  },
);
