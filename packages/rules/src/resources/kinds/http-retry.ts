import type { z } from 'zod';
import { complain, object } from '../schema/containers.js';
import { duration } from '../schema/duration.js';
import { isRegisteredStatus } from '../schema/status-codes.js';
import { boolean, MAX_INT32, value, wholeNumber } from '../schema/value.js';

/**
 * Envoy's conditions, as Istio takes them (pkg/config/validation/validation.go, supportedRetryOnPolicies). Not all can
 * occur here: `refused-stream` is HTTP/2's, `http3-post-connect-failure` is HTTP/3's, and `retriable-headers` asks for
 * headers that a VirtualService has no field for, in Istio either.
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

/** How a rule's requests are tried again; `{}` switches retries off. */
export const httpRetry = object({
  attempts: wholeNumber(0, MAX_INT32).default(0),
  perTryTimeout: duration.optional(),
  retryOn: retryOn.optional(),
  backoff: duration.optional(),
  retryIgnorePreviousHosts: boolean.optional(),
  // Where another locality is preferred; here all pods are in one.
  retryRemoteLocalities: boolean.optional(),
}).superRefine(({ attempts, perTryTimeout, retryOn: conditions = '', retryRemoteLocalities }, context) => {
  if (attempts > 0) return;
  if (perTryTimeout !== undefined || conditions !== '' || retryRemoteLocalities !== undefined)
    complain(context, 'attempts of 0, or none, switch retries off, so nothing else can be said of them');
});

/** How a rule's requests are tried again. */
export type HTTPRetry = z.infer<typeof httpRetry>;
