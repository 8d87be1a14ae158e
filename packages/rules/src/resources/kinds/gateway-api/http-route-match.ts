import { TOKEN } from '@bookinfo/text';
import type { z } from 'zod';
import { addIssue, list, object, unique } from '../../schema/containers.js';
import { regex } from '../../schema/regex.js';
import { PATH_CHARACTER } from '../../schema/uri.js';
import { oneOf, textLike, value } from '../../schema/value.js';

const MAX_NAME_LENGTH = 256;
const PATH = new RegExp(`^${PATH_CHARACTER}+$`);
const FORBIDDEN = /\/\/|\/\.\.?(?:\/|$)|%2f|#/i;

const path = object({
  type: oneOf('Exact', 'PathPrefix', 'RegularExpression').default('PathPrefix'),
  value: textLike(/^[^]{1,1024}$/, 'a path of 1 to 1024 characters').default('/'),
}).superRefine(({ type, value: text }, context) => {
  const refuse = (message: string): void =>
    addIssue(context, `${JSON.stringify(text)} ${message}`, ['value']);
  if (type === 'RegularExpression') {
    const { error } = regex.safeParse(text);
    if (error) refuse(`is not ${error.issues[0]?.message}`);
  } else if (!text.startsWith('/')) refuse('does not begin with "/"');
  else if (FORBIDDEN.test(text))
    refuse('contains "//", "/./", "/../", "%2f" or "#", or ends in "/." or "/.."');
  else if (!PATH.test(text)) refuse('has characters that a path needs as %XX');
});

const name = value<string>(
  (input) => typeof input === 'string' && input.length <= MAX_NAME_LENGTH && TOKEN.test(input),
  "a name (letters, digits and !#$%&'*+-.^_`|~)",
);

/** Returns the schema of a match of a header or a query parameter. */
const valueMatch = (longest: number) =>
  object({
    type: oneOf('Exact', 'RegularExpression').default('Exact'),
    name,
    value: value<string>(
      (input) => typeof input === 'string' && input !== '' && input.length <= longest,
      `a string of 1 to ${longest} characters`,
    ),
  }).superRefine(({ type, value: text }, context) => {
    const { error } = type === 'RegularExpression' ? regex.safeParse(text) : {};
    if (error) addIssue(context, `${JSON.stringify(text)} is not ${error.issues[0]?.message}`, ['value']);
  });

const valueMatches = (what: string, longest: number) =>
  list(valueMatch(longest))
    .max(16, 'a list of at most 16')
    .superRefine(unique(what, (match) => match.name, ['name']))
    .default([]);

const DEFAULT_PATH = { type: 'PathPrefix', value: '/' } as const;

/** An entry of `matches`: all of its fields must match. */
export const httpRouteMatch = object({
  path: path.default(DEFAULT_PATH),
  headers: valueMatches('header', 4096),
  queryParams: valueMatches('query parameter', 1024),
  method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH').optional(),
});

/** Matches every request: the default of the API server for a rule without matches. */
export const ANY_REQUEST: HTTPRouteMatch = { path: DEFAULT_PATH, headers: [], queryParams: [] };

/** An entry of `matches`: all of its fields must match. */
export type HTTPRouteMatch = z.infer<typeof httpRouteMatch>;
