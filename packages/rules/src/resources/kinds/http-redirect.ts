import type { z } from 'zod';
import { addIssue, object } from '../schema/containers.js';
import { redirectStatusOfIstio } from '../schema/status-codes.js';
import { authority, path } from '../schema/uri.js';
import { oneOf, portNumber } from '../schema/value.js';

/** The URL that clients are redirected to (istio/istio pkg/config/validation, validateHTTPRedirect). */
export const httpRedirect = object({
  uri: path.optional(),
  prefixRewrite: path.optional(),
  authority: authority.optional(),
  scheme: oneOf('http', 'https').optional(),
  port: portNumber.optional(),
  derivePort: oneOf('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT').optional(),
  redirectCode: redirectStatusOfIstio.default(301),
}).superRefine((redirect, context) => {
  const { uri, prefixRewrite, authority: host, scheme, port, derivePort } = redirect;
  if ([uri, prefixRewrite, host, scheme, port, derivePort].every((part) => part === undefined))
    addIssue(context, 'one of uri, prefixRewrite, authority, scheme, port and derivePort is needed');
  if (uri !== undefined && prefixRewrite !== undefined)
    addIssue(context, 'uri and prefixRewrite exclude each other');
  if (port !== undefined && derivePort !== undefined)
    addIssue(context, 'port and derivePort exclude each other');
});

/** The URL that clients are redirected to. */
export type HTTPRedirect = z.infer<typeof httpRedirect>;
