import type { CorsPolicy } from '@bookinfo/routing';

/** Returns origins and what they may use: `exact "http://a" may use GET,POST; preflights of others go to the backend`. */
export function describeCors(policy: CorsPolicy): string {
  const { allowOrigins, allowMethods, allowHeaders, allowCredentials } = policy;
  const origins = allowOrigins.map(({ kind, value }) => `${kind} ${JSON.stringify(value)}`);
  const allowed = [
    allowMethods,
    allowHeaders && `headers ${allowHeaders}`,
    allowCredentials && 'credentials',
  ].filter(Boolean);
  const others = policy.forwardUnmatchedPreflights
    ? 'go to the backend'
    : 'are answered without CORS headers';
  const may = allowed.length > 0 ? ` may use ${allowed.join(', ')}` : '';
  return `${origins.join(', ') || 'no origin'}${may}; preflights of others ${others}`;
}
