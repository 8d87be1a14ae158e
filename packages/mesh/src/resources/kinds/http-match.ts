import type { z } from 'zod';
import { complain, mapOf, object } from '../schema/containers.js';
import { regex } from '../schema/regex.js';
import { boolean, text, value } from '../schema/value.js';

const stringMatchWith = (prefix: typeof text) =>
  object({ exact: text.optional(), prefix: prefix.optional(), regex: regex.optional() }).superRefine(
    (match, context) => {
      if (Object.keys(match).length > 1) complain(context, 'exact, prefix and regex exclude each other');
    },
  );

/** `{}` holds for any value that is there. */
const stringMatch = stringMatchWith(
  value(
    (input) => typeof input === 'string' && input !== '',
    'a string that is not empty ({} matches any value)',
  ),
);

/** RFC 9110 5.6.2, and HTTP/2's names for what is no header. Others, like @request.auth.claims, are not supported yet. */
const HEADER_NAME = /^(?:[\w!#$%&'*+.^`|~-]+|:method|:scheme|:authority|:path)$/;

const headers = mapOf(stringMatch).superRefine((matches, context) => {
  for (const name of Object.keys(matches)) {
    if (!HEADER_NAME.test(name)) complain(context, 'this name of a header is not supported', [name]);
  }
});

/** One entry of `match`: all of its fields must hold. */
export const httpMatchRequest = object({
  name: text.optional(),
  uri: stringMatchWith(text).optional(),
  method: stringMatch.optional(),
  headers: headers.optional(),
  ignoreUriCase: boolean.optional(),
});

/** One entry of `match`: all of its fields must hold. */
export type HTTPMatchRequest = z.infer<typeof httpMatchRequest>;
/** At most one of `exact`, `prefix` and `regex`; none of them: any value that is there. */
export type StringMatch = z.infer<typeof stringMatch>;
