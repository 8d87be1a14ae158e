import { expect, test } from 'vitest';
import { forwardsOf, tableOf } from '../testing/bookinfo-mesh.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '@bookinfo/routing';

function policyOf(fields: string): RetryPolicy | undefined {
  const table = tableOf(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ ${fields} route: [{ destination: { host: reviews } }] }] }
`);
  return forwardsOf(table, 'reviews')[0]?.retryPolicy;
}

test('a rule without retries has the default of two', () => {
  expect(policyOf('')).toEqual(DEFAULT_RETRY_POLICY);
  expect(DEFAULT_RETRY_POLICY.numRetries).toBe(2);
});

test('a rule without a timeout has none', () => {
  const rule = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews } }] }] }
`;
  expect(forwardsOf(tableOf(rule), 'reviews').map(({ timeoutMs }) => timeoutMs)).toEqual([0]);
});

test.each(['{}', '{ attempts: 0 }'])('retries: %s switches them off', (retries) => {
  expect(policyOf(`retries: ${retries},`)?.numRetries).toBe(0);
});

test('attempts alone keeps the conditions of the default', () => {
  expect(policyOf('retries: { attempts: 5 },')).toEqual({ ...DEFAULT_RETRY_POLICY, numRetries: 5 });
});

test.each([
  ['5xx,reset', ['5xx', 'reset'], []],
  ['gateway-error,500,409', ['gateway-error', 'retriable-status-codes'], [500, 409]],
  ['503,retriable-status-codes', ['retriable-status-codes'], [503]],
])('retryOn %s: numbers are status codes', (retryOn, conditions, codes) => {
  expect(policyOf(`retries: { attempts: 1, retryOn: "${retryOn}" },`)).toEqual({
    ...DEFAULT_RETRY_POLICY,
    numRetries: 1,
    retryOn: conditions,
    retriableStatusCodes: codes,
  });
});

test('the rule sets the limit of an attempt, the back-off and the choice of pods', () => {
  const fields = 'perTryTimeout: 2s, backoff: 100ms, retryIgnorePreviousHosts: false';
  expect(policyOf(`retries: { attempts: 1, ${fields} },`)).toMatchObject({
    perTryTimeoutMs: 2000,
    baseIntervalMs: 100,
    avoidPreviousHosts: false,
  });
});
