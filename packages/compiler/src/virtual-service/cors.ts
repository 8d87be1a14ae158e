import type { CorsPolicy as CorsPolicySpec } from '@bookinfo/rules';
import type { CorsPolicy, StringMatch } from '@bookinfo/routing';
import { stringMatch } from './match.js';

/** Compiles a CORS policy (istio/istio pilot/pkg/networking/core/route/route.go, TranslateCORSPolicy). */
export function compileCors(policy: CorsPolicySpec): CorsPolicy {
  const { allowMethods, allowHeaders, exposeHeaders, allowCredentials, unmatchedPreflights, maxAge } = policy;
  return {
    allowOrigins: origins(policy),
    allowMethods: allowMethods.join(','),
    allowHeaders: allowHeaders.join(','),
    exposeHeaders: exposeHeaders.join(','),
    ...(maxAge && { maxAge: maxAge.ms / 1000 }),
    allowCredentials,
    forwardUnmatchedPreflights: unmatchedPreflights !== 'IGNORE',
  };
}

function origins({ allowOrigins, allowOrigin = [] }: CorsPolicySpec): StringMatch[] {
  if (!allowOrigins) return allowOrigin.map((value) => ({ kind: 'exact', value }));
  return allowOrigins.map(stringMatch).filter((match) => match !== undefined);
}
