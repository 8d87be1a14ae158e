import type { CorsFilter } from '@bookinfo/rules';
import type { CorsPolicy, StringMatch } from '@bookinfo/routing';
import { RE2JS } from 're2js';

/**
 * Returns the CORS policy of a filter; a preflight of another origin reaches no backend (istio/istio conversion.go,
 * createCorsFilter).
 */
export function compileCorsFilter({ allowOrigins, ...filter }: CorsFilter): CorsPolicy {
  return {
    allowOrigins: allowOrigins.map(originMatch),
    allowMethods: filter.allowMethods.join(','),
    allowHeaders: filter.allowHeaders.join(','),
    exposeHeaders: filter.exposeHeaders.join(','),
    maxAge: filter.maxAge,
    allowCredentials: filter.allowCredentials,
    forwardUnmatchedPreflights: false,
  };
}

/** `scheme://host` with or without a port: Istio has it for `*`, so that an opaque origin, `null`, is not allowed. */
const ANY_ORIGIN: StringMatch = {
  kind: 'regex',
  value: '[a-zA-Z][a-zA-Z0-9+.-]*://[a-zA-Z0-9.-]+(:[0-9]+)?',
};

/** Returns the match of an origin, in which `*` stands for any text (github.com/istio/istio/pull/59026). */
function originMatch(value: string): StringMatch {
  if (value === '*') return ANY_ORIGIN;
  if (!value.includes('*')) return { kind: 'exact', value };
  return {
    kind: 'regex',
    value: value
      .split('*')
      .map((text) => RE2JS.quote(text))
      .join('.*'),
  };
}
