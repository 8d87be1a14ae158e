import type { z } from 'zod';
import { addIssue, object } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { isRegisteredStatus } from '../schema/status-codes.js';
import { boolean, MAX_INT32, value, wholeNumber } from '../schema/value.js';

/**
 * Envoy's conditions that Istio accepts (pkg/config/validation/validation.go, supportedRetryOnPolicies). Some never apply:
 * `refused-stream` is of HTTP/2, `http3-post-connect-failure` of HTTP/3, and `retriable-headers` needs headers that a
 * VirtualService has no field for.
 */
const CONDITIONS = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

const retryOn = value<string>(
  (input) => typeof input === 'string' && (input === '' || input.split(',').every(isCondition)),
  `a list of conditions or registered HTTP status codes with "," and no space between them (conditions: ${CONDITIONS.join(', ')})`,
);

function isCondition(word: string): boolean {
  return CONDITIONS.includes(word) || isRegisteredStatus(word);
}

/** Retries of a rule; `{}` disables them. */
export const httpRetry = object({
  attempts: wholeNumber(0, MAX_INT32).default(0),
  perTryTimeout: duration.optional(),
  retryOn: retryOn.optional(),
  backoff: duration.optional(),
  retryIgnorePreviousHosts: boolean.optional(),
  // Without effect: all pods are in one locality.
  retryRemoteLocalities: boolean.optional(),
}).superRefine(({ attempts, perTryTimeout, retryOn: conditions = '', retryRemoteLocalities }, context) => {
  if (attempts > 0) return;
  if (perTryTimeout !== undefined || conditions !== '' || retryRemoteLocalities !== undefined)
    addIssue(
      context,
      'without attempts, or with 0, retries are off, so perTryTimeout, retryOn and retryRemoteLocalities cannot be set',
    );
});

/** Retries of a rule. */
export type HTTPRetry = z.infer<typeof httpRetry>;
