import type { z } from 'zod';
import { complain, object } from '../schema/containers.js';
import { authority, path } from '../schema/uri.js';
import { oneOf, portNumber, value } from '../schema/value.js';

/** Istio lets all of 3xx pass, but makes a route without an action of the others, which Envoy refuses. */
const CODES = [301, 302, 303, 307, 308] as const;
type RedirectCode = (typeof CODES)[number];

/** Where clients are sent instead (istio/istio pkg/config/validation, validateHTTPRedirect). */
export const httpRedirect = object({
  uri: path.optional(),
  authority: authority.optional(),
  scheme: oneOf('http', 'https').optional(),
  port: portNumber.optional(),
  derivePort: oneOf('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT').optional(),
  redirectCode: value<RedirectCode>(
    (input) => CODES.some((code) => code === input),
    `one of ${CODES.join(', ')}`,
  ).default(301),
}).superRefine((redirect, context) => {
  const { uri, authority: host, scheme, port, derivePort } = redirect;
  if ([uri, host, scheme, port, derivePort].every((part) => part === undefined))
    complain(context, 'one of uri, authority, scheme, port and derivePort is needed');
  if (port !== undefined && derivePort !== undefined)
    complain(context, 'port and derivePort exclude each other');
});

/** Where clients are sent instead. */
export type HTTPRedirect = z.infer<typeof httpRedirect>;
