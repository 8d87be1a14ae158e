import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { parseDuration } from '../../duration.js';
import { complain, list, object } from '../../schema/containers.js';
import { value, wholeNumber } from '../../schema/value.js';

/** GEP-2257, of which 0s means: none. */
const FORMAT = /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/;
const ZERO = /^(?:0+(?:h|m|s|ms))+$/;

const duration = value<string>(
  (input) =>
    typeof input === 'string' &&
    FORMAT.test(input) &&
    (ZERO.test(input) || parseDuration(input) !== undefined),
  'a duration like 10s, 500ms or 1h30m, of at most 596h, or 0s for none',
);

/** Milliseconds; 0 for none. */
export function durationMs(text = '0s'): number {
  return parseDuration(text) ?? 0;
}

/** How long a request may take, and each try of it. */
export const httpRouteTimeouts = object({
  request: duration.optional(),
  backendRequest: duration.optional(),
}).superRefine(({ request, backendRequest }, context) => {
  const whole = durationMs(request);
  if (whole > 0 && durationMs(backendRequest) > whole)
    complain(context, 'backendRequest cannot be longer than request');
});

const statusCode = value<number>(
  (input) =>
    typeof input === 'number' && input >= 400 && input < 600 && input in STATUS_CODES && input !== 509,
  'a registered HTTP status from 400 to 599 (Istio passes over others)',
);

/** How requests are tried again; Istio's default is two more tries. */
export const httpRouteRetry = object({
  codes: list(statusCode).default([]),
  attempts: wholeNumber(0, 2 ** 31 - 1).default(2),
  backoff: duration.optional(),
});

/** How long a request may take, and each try of it. */
export type HTTPRouteTimeouts = z.infer<typeof httpRouteTimeouts>;
/** How requests are tried again. */
export type HTTPRouteRetry = z.infer<typeof httpRouteRetry>;
