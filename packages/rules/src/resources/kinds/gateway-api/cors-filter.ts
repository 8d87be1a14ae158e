import type { z } from 'zod';
import { addIssue, list, object, unique } from '../../schema/containers.js';
import { headerName } from '../../schema/header.js';
import { boolean, MAX_INT32, oneOf, textLike, wholeNumber } from '../../schema/value.js';

const origin = textLike(
  /^(?:\*|[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^:/?#\s]+(?::\d{1,5})?)$/,
  'an origin, like https://example.com or https://*.example.com, or * for all',
);

/** Returns the schema of a list in which `*` excludes other entries. */
const orAny = (entry: z.ZodType<string>) =>
  list(entry)
    .max(64, 'a list of at most 64')
    .superRefine(unique('the entry', (text) => text))
    .superRefine((texts, context) => {
      if (texts.length > 1 && texts.includes('*')) addIssue(context, '"*" excludes other entries');
    })
    .default([]);

/** Permissions of pages of other origins; `maxAge` is in seconds. */
export const corsFilter = object({
  allowOrigins: orAny(origin),
  allowMethods: orAny(
    oneOf('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', '*'),
  ),
  allowHeaders: orAny(headerName),
  exposeHeaders: orAny(headerName),
  maxAge: wholeNumber(1, MAX_INT32).default(5),
  allowCredentials: boolean.default(false),
});

/** Permissions of pages of other origins. */
export type CorsFilter = z.infer<typeof corsFilter>;
