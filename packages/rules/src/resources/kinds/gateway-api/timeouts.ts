import type { z } from 'zod';
import { parseDuration } from '../../duration.js';
import { addIssue, list, object } from '../../schema/containers.js';
import { durationOf } from '../../schema/duration.js';
import { isRegisteredStatus } from '../../schema/status-codes.js';
import { MAX_INT32, value, wholeNumber } from '../../schema/value.js';

/** GEP-2257; 0s means no limit. */
const FORMAT = /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/;
const ZERO = /^(?:0+(?:h|m|s|ms))+$/;

const duration = durationOf((text) => {
  if (!FORMAT.test(text)) return undefined;
  return ZERO.test(text) ? 0 : parseDuration(text);
}, 'a duration like 10s, 500ms or 1h30m, of at most 596h, or 0s for none');

/** Limits of the duration of a request and of each attempt. */
export const httpRouteTimeouts = object({
  request: duration.optional(),
  backendRequest: duration.optional(),
}).superRefine(({ request, backendRequest }, context) => {
  if (!request || !backendRequest || request.ms === 0) return;
  if (backendRequest.ms > request.ms) addIssue(context, 'backendRequest cannot be longer than request');
});

const statusCode = value<number>(
  (input) => typeof input === 'number' && input >= 400 && input < 600 && isRegisteredStatus(String(input)),
  'a registered HTTP status from 400 to 599 (Istio ignores others)',
);

/** Retries of a rule, two by default in Istio. */
export const httpRouteRetry = object({
  codes: list(statusCode).default([]),
  attempts: wholeNumber(1, MAX_INT32).default(2),
  backoff: duration.optional(),
});

/** Limits of the duration of a request and of each attempt. */
export type HTTPRouteTimeouts = z.infer<typeof httpRouteTimeouts>;
/** Retries of a rule. */
export type HTTPRouteRetry = z.infer<typeof httpRouteRetry>;
