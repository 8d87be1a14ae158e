import type { z } from 'zod';
import { parseDuration } from '../duration.js';
import { addIssue, list, object } from '../schema/containers.js';
import { durationOf } from '../schema/duration.js';
import { headerName } from '../schema/header.js';
import { regex } from '../schema/regex.js';
import { boolean, oneOf, textLike } from '../schema/value.js';

const text = textLike(/^[\x21-\x7e]+$/, 'an origin, like https://example.com');

const wholeSeconds = durationOf((written) => {
  const ms = parseDuration(written);
  return ms !== undefined && ms % 1000 === 0 ? ms : undefined;
}, 'a duration in whole seconds, like 24h, from 1s to 596h');

const origin = object({
  exact: text.optional(),
  prefix: text.optional(),
  regex: regex.optional(),
}).superRefine((match, context) => {
  if (Object.keys(match).length !== 1) addIssue(context, 'one of exact, prefix and regex is needed');
});

/**
 * Permissions of pages of other origins. The policy of a rule that redirects or responds directly has no effect, as in Envoy,
 * whose filter reads routes to a cluster only.
 */
export const corsPolicy = object({
  allowOrigins: list(origin).optional(),
  /** Deprecated: exact origins, ignored if `allowOrigins` is present. */
  allowOrigin: list(text).optional(),
  allowMethods: list(
    oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'),
  ).default([]),
  allowHeaders: list(headerName).default([]),
  exposeHeaders: list(headerName).default([]),
  maxAge: wholeSeconds.optional(),
  allowCredentials: boolean.default(false),
  unmatchedPreflights: oneOf('UNSPECIFIED', 'FORWARD', 'IGNORE').default('UNSPECIFIED'),
});

/** Permissions of pages of other origins. */
export type CorsPolicy = z.infer<typeof corsPolicy>;
