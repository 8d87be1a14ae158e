import type { CorsFilter } from '@bookinfo/rules';
import type { CorsPolicy } from '@bookinfo/routing';

/**
 * Returns the CORS policy of a filter; a preflight of another origin reaches no backend (istio/istio conversion.go,
 * createCorsFilter).
 */
export function compileCorsFilter({ allowOrigins, ...filter }: CorsFilter): CorsPolicy {
  return {
    allowOrigins: allowOrigins.map((value) => ({ kind: 'exact', value })),
    allowMethods: filter.allowMethods.join(','),
    allowHeaders: filter.allowHeaders.join(','),
    exposeHeaders: filter.exposeHeaders.join(','),
    maxAge: filter.maxAge,
    allowCredentials: filter.allowCredentials,
    forwardUnmatchedPreflights: false,
  };
}
