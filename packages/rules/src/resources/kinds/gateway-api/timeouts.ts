import type { z } from 'zod';
import { parseDuration } from '../../duration.js';
import { complain, list, object } from '../../schema/containers.js';
import { durationOf } from '../../schema/duration.js';
import { isRegisteredStatus } from '../../schema/status-codes.js';
import { MAX_INT32, value, wholeNumber } from '../../schema/value.js';

/** GEP-2257, of which 0s means: none. */
const FORMAT = /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/;
const ZERO = /^(?:0+(?:h|m|s|ms))+$/;

const duration = durationOf((text) => {
  if (!FORMAT.test(text)) return undefined;
  return ZERO.test(text) ? 0 : parseDuration(text);
}, 'a duration like 10s, 500ms or 1h30m, of at most 596h, or 0s for none');

/** How long a request may take, and each try of it. */
export const httpRouteTimeouts = object({
  request: duration.optional(),
  backendRequest: duration.optional(),
}).superRefine(({ request, backendRequest }, context) => {
  if (!request || !backendRequest || request.ms === 0) return;
  if (backendRequest.ms > request.ms) complain(context, 'backendRequest cannot be longer than request');
});

const statusCode = value<number>(
  (input) => typeof input === 'number' && input >= 400 && input < 600 && isRegisteredStatus(String(input)),
  'a registered HTTP status from 400 to 599 (Istio passes over others)',
);

/** How requests are tried again; Istio's default is two more tries. */
export const httpRouteRetry = object({
  codes: list(statusCode).default([]),
  attempts: wholeNumber(0, MAX_INT32).default(2),
  backoff: duration.optional(),
});

/** How long a request may take, and each try of it. */
export type HTTPRouteTimeouts = z.infer<typeof httpRouteTimeouts>;
/** How requests are tried again. */
export type HTTPRouteRetry = z.infer<typeof httpRouteRetry>;
