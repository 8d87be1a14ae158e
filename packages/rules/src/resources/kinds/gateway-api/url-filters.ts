import type { z } from 'zod';
import { complain, object } from '../../schema/containers.js';
import { SUBDOMAIN } from '../../schema/names.js';
import { redirectCode } from '../../schema/status-codes.js';
import { PATH_CHARACTER } from '../../schema/uri.js';
import { oneOf, portNumber, textLike } from '../../schema/value.js';

/** Without a wildcard. */
const preciseHostname = textLike(
  new RegExp(`^${SUBDOMAIN}$`),
  'a host name in lower case without a wildcard, like www.example.com',
);

const pathModifier = object({
  type: oneOf('ReplaceFullPath', 'ReplacePrefixMatch'),
  replaceFullPath: textLike(new RegExp(`^/${PATH_CHARACTER}*$`), 'a path that begins with "/"').optional(),
  replacePrefixMatch: textLike(
    new RegExp(`^(?:/${PATH_CHARACTER}*)?$`),
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

/** Where clients are sent instead. */
export const requestRedirect = object({
  scheme: oneOf('http', 'https').optional(),
  hostname: preciseHostname.optional(),
  path: pathModifier.optional(),
  port: portNumber.optional(),
  statusCode: redirectCode.default(302),
});

/** What of a request's path and Host the backend sees instead. */
export const urlRewrite = object({ hostname: preciseHostname.optional(), path: pathModifier.optional() });

/** Where clients are sent instead. */
export type RequestRedirect = z.infer<typeof requestRedirect>;
/** What the backend sees instead. */
export type URLRewrite = z.infer<typeof urlRewrite>;
