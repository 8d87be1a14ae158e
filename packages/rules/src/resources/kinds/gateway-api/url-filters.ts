import type { z } from 'zod';
import { complain, object } from '../../schema/containers.js';
import { oneOf, portNumber, textLike, value } from '../../schema/value.js';

/** Without a wildcard. */
const preciseHostname = textLike(
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  'a host name in lower case without a wildcard, like www.example.com',
);

const PATH = "(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})";

const pathModifier = object({
  type: oneOf('ReplaceFullPath', 'ReplacePrefixMatch'),
  replaceFullPath: textLike(new RegExp(`^/${PATH}*$`), 'a path that begins with "/"').optional(),
  replacePrefixMatch: textLike(
    new RegExp(`^(?:/${PATH}*)?$`),
    'a path that begins with "/", or nothing at all',
  ).optional(),
}).superRefine(({ type, replaceFullPath, replacePrefixMatch }, context) => {
  const isWhole = type === 'ReplaceFullPath';
  const [wanted, other] = isWhole
    ? ['replaceFullPath', replacePrefixMatch]
    : ['replacePrefixMatch', replaceFullPath];
  if ((isWhole ? replaceFullPath : replacePrefixMatch) === undefined || other !== undefined)
    complain(context, `type ${type} wants ${wanted}, and nothing else`);
});

const STATUS_CODES = [301, 302, 303, 307, 308] as const;
type StatusCode = (typeof STATUS_CODES)[number];

/** Where clients are sent instead. */
export const requestRedirect = object({
  scheme: oneOf('http', 'https').optional(),
  hostname: preciseHostname.optional(),
  path: pathModifier.optional(),
  port: portNumber.optional(),
  statusCode: value<StatusCode>(
    (input) => STATUS_CODES.some((code) => code === input),
    `one of ${STATUS_CODES.join(', ')}`,
  ).default(302),
});

/** What of a request's path and Host the backend sees instead. */
export const urlRewrite = object({ hostname: preciseHostname.optional(), path: pathModifier.optional() });

/** Where clients are sent instead. */
export type RequestRedirect = z.infer<typeof requestRedirect>;
/** What the backend sees instead. */
export type URLRewrite = z.infer<typeof urlRewrite>;
