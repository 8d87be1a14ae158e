import { TOKEN } from '@bookinfo/text';
import { z } from 'zod';
import { addIssue, list, mapOf, object } from '../schema/containers.js';
import { gatewayReference, labelName } from '../schema/names.js';
import { regex } from '../schema/regex.js';
import { boolean, portNumber, text, value } from '../schema/value.js';
import { labels } from './metadata.js';

const stringMatchWith = (prefix: typeof text) =>
  object({ exact: text.optional(), prefix: prefix.optional(), regex: regex.optional() }).superRefine(
    (match, context) => {
      if (Object.keys(match).length > 1) addIssue(context, 'exact, prefix and regex exclude each other');
    },
  );

/** `{}` matches any value that is present. */
const stringMatch = stringMatchWith(
  value(
    (input) => typeof input === 'string' && input !== '',
    'a string that is not empty ({} matches any value)',
  ),
);

/** HTTP/2's names for the parts of a request line (RFC 9113, 8.3.1), which Envoy matches like headers. */
const PSEUDO_HEADERS = [':method', ':scheme', ':authority', ':path'];

/** Names of the claims of a JWT, which RequestAuthentication reads (istio/istio pkg/jwt, ToRoutingClaim). */
const CLAIMS = '@request.auth.claims';
const NO_CLAIMS = 'claims are not supported (no token is read here, so that no request would match)';

/** Returns the schema of matches by the name of a header. */
export function headersOf<Match extends z.ZodType>(match: Match) {
  return mapOf(match).superRefine((matches, context) => {
    for (const name of Object.keys(matches)) {
      if (name.toLowerCase().startsWith(CLAIMS)) addIssue(context, NO_CLAIMS, [name]);
      else if (!TOKEN.test(name) && !PSEUDO_HEADERS.includes(name))
        addIssue(context, 'this name of a header is not supported', [name]);
    }
  });
}

/**
 * The regular expression "*" means `{}` here; in `headers` Istio refuses it (istio/istio
 * pkg/config/validation/virtualservice.go). Istio means the same by null, but the CustomResourceDefinition refuses it.
 */
const unwantedMatch = z.preprocess((input) => (isPresence(input) ? {} : input), stringMatch);

function isPresence(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return 'regex' in input && input.regex === '*' && Object.keys(input).length === 1;
}

/** An entry of `match`: all of its fields must match. */
export const httpMatchRequest = object({
  name: text.optional(),
  uri: stringMatchWith(text).optional(),
  ignoreUriCase: boolean.optional(),
  scheme: stringMatch.optional(),
  method: stringMatch.optional(),
  authority: stringMatch.optional(),
  headers: headersOf(stringMatch).optional(),
  withoutHeaders: headersOf(unwantedMatch).optional(),
  queryParams: mapOf(stringMatch).optional(),
  port: portNumber.optional(),
  sourceLabels: labels.default({}),
  sourceNamespace: labelName.optional(),
  gateways: list(gatewayReference).default([]),
  /** Prefix of the names of metrics; without effect on routes. */
  statPrefix: text.optional(),
});

/** An entry of `match`: all of its fields must match. */
export type HTTPMatchRequest = z.infer<typeof httpMatchRequest>;
/** At most one of `exact`, `prefix` and `regex`; without any, every value that is present matches. */
export type StringMatch = z.infer<typeof stringMatch>;
