import type { z } from 'zod';
import { addIssue, object } from '../../schema/containers.js';
import { SUBDOMAIN } from '../../schema/names.js';
import { redirectStatus } from '../../schema/status-codes.js';
import { PATH_CHARACTER } from '../../schema/uri.js';
import { oneOf, portNumber, textLike } from '../../schema/value.js';

/** A host without a wildcard. */
const preciseHostname = textLike(
  new RegExp(`^${SUBDOMAIN}$`),
  'a host name in lower case without a wildcard, like www.example.com',
);

const pathModifier = object({
  type: oneOf('ReplaceFullPath', 'ReplacePrefixMatch'),
  replaceFullPath: textLike(new RegExp(`^/${PATH_CHARACTER}*$`), 'a path that begins with "/"').optional(),
  replacePrefixMatch: textLike(
    new RegExp(`^(?:/${PATH_CHARACTER}*)?$`),
    'a path that begins with "/", or an empty string',
  ).optional(),
}).superRefine(({ type, replaceFullPath, replacePrefixMatch }, context) => {
  const isWhole = type === 'ReplaceFullPath';
  const [required, other] = isWhole
    ? ['replaceFullPath', replacePrefixMatch]
    : ['replacePrefixMatch', replaceFullPath];
  if ((isWhole ? replaceFullPath : replacePrefixMatch) === undefined || other !== undefined)
    addIssue(context, `type ${type} needs ${required}, and no other field`);
});

/** The URL that clients are redirected to. */
export const requestRedirect = object({
  scheme: oneOf('http', 'https').optional(),
  hostname: preciseHostname.optional(),
  path: pathModifier.optional(),
  port: portNumber.optional(),
  statusCode: redirectStatus.default(302),
});

/** The path and the Host of the request to the backend. */
export const urlRewrite = object({ hostname: preciseHostname.optional(), path: pathModifier.optional() });

/** The URL that clients are redirected to. */
export type RequestRedirect = z.infer<typeof requestRedirect>;
/** The path and the Host of the request to the backend. */
export type URLRewrite = z.infer<typeof urlRewrite>;
