import type { HeaderList } from '@bookinfo/routing';

const QUOTED = /^"(.*)"$/;

/**
 * Returns the first value of a cookie, without quotes around it; undefined when it is absent or empty (Envoy:
 * parseCookieValue).
 */
export function cookieValue(wanted: string, headers: HeaderList): string | undefined {
  for (const line of headers.values('cookie')) {
    for (const pair of line.split(';')) {
      const equals = pair.indexOf('=');
      if (equals === -1 || pair.slice(0, equals).trim() !== wanted) continue;
      const value = pair.slice(equals + 1).trim();
      return (QUOTED.exec(value)?.[1] ?? value) || undefined;
    }
  }
  return undefined;
}

/** Returns the cookie as a value of Set-Cookie, as Envoy writes it (Utility::makeSetCookieValue, utility.cc); a `ttlMs` of 0 makes it a session cookie. */
export function setCookieValue(name: string, value: string, path: string | undefined, ttlMs: number): string {
  const parts = [`${name}="${value}"`];
  if (ttlMs >= 1000) parts.push(`Max-Age=${Math.floor(ttlMs / 1000)}`);
  if (path) parts.push(`Path=${path}`);
  return [...parts, 'HttpOnly'].join('; ');
}
