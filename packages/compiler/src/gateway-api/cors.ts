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

/** Returns the match of an origin, in which `*` stands for any text. */
function originMatch(value: string): StringMatch {
  if (value === '*' || !value.includes('*')) return { kind: 'exact', value };
  return {
    kind: 'regex',
    value: value
      .split('*')
      .map((text) => RE2JS.quote(text))
      .join('.*'),
  };
}
