import { RE2JS } from 're2js';
import type { z } from 'zod';
import { addIssue, object } from '../schema/containers.js';
import { regex } from '../schema/regex.js';
import { authority, path } from '../schema/uri.js';
import { textLike } from '../schema/value.js';

const uriRegexRewrite = object({
  match: regex,
  rewrite: textLike(
    /^(?:[\x21-\x5b\x5d-\x7e]|\\[\d\\])+$/,
    'the text for each match, in visible ASCII, with \\0 to \\9 for groups and \\\\ for a backslash',
  ),
}).superRefine(({ match, rewrite }, context) => {
  const groups = RE2JS.compile(match).groupCount();
  const missing = Array.from(rewrite.matchAll(/\\(.)/g), ([, group]) => Number(group)).find(
    (group) => group > groups,
  );
  if (missing !== undefined)
    addIssue(context, `there is no group \\${missing}: match has ${groups}`, ['rewrite']);
});

/** The path and the Host of the request to the backend (istio/istio pkg/config/validation, validateHTTPRewrite). */
export const httpRewrite = object({
  uri: path.optional(),
  uriRegexRewrite: uriRegexRewrite.optional(),
  authority: authority.optional(),
}).superRefine((rewrite, context) => {
  const { uri, uriRegexRewrite: byRegex, authority: host } = rewrite;
  if ([uri, byRegex, host].every((part) => part === undefined))
    addIssue(context, 'one of uri, uriRegexRewrite and authority is needed');
  if (uri !== undefined && byRegex) addIssue(context, 'uri and uriRegexRewrite exclude each other');
});

/** The path and the Host of the request to the backend. */
export type HTTPRewrite = z.infer<typeof httpRewrite>;
