import type { CorsPolicy } from '@bookinfo/routing';

/** Whose pages may ask for what: `exact "http://a", prefix "http://b" may use GET,POST; others' preflights go on`. */
export function describeCors(policy: CorsPolicy): string {
  const { allowOrigins, allowMethods, allowHeaders, allowCredentials } = policy;
  const origins = allowOrigins.map(({ kind, value }) => `${kind} ${JSON.stringify(value)}`);
  const allowed = [
    allowMethods,
    allowHeaders && `headers ${allowHeaders}`,
    allowCredentials && 'credentials',
  ].filter(Boolean);
  const others = policy.forwardUnmatchedPreflights ? 'go to the backend' : 'are answered without leave';
  const may = allowed.length > 0 ? ` may use ${allowed.join(', ')}` : '';
  return `${origins.join(', ') || 'no origin'}${may}; preflights of others ${others}`;
}
