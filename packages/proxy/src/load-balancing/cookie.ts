import { forEachHeader } from '../headers/headers.js';

const QUOTED = /^"(.*)"$/;

/** The first value of a cookie, without quotes around it; undefined when there is none, or an empty one (Envoy: parseCookieValue). */
export function cookieValue(wanted: string, rawHeaders: readonly string[]): string | undefined {
  let found: string | undefined;
  forEachHeader(rawHeaders, (header, line) => {
    if (header !== 'cookie') return;
    for (const pair of line.split(';')) {
      const equals = pair.indexOf('=');
      if (equals === -1 || pair.slice(0, equals).trim() !== wanted) continue;
      const value = pair.slice(equals + 1).trim();
      found ??= QUOTED.exec(value)?.[1] ?? value;
    }
  });
  return found === '' ? undefined : found;
}

/** As Envoy writes it (source/common/http/utility.cc, makeSetCookieValue); 0 makes it a session cookie. */
export function setCookieValue(name: string, value: string, path: string | undefined, ttlMs: number): string {
  const parts = [`${name}="${value}"`];
  if (ttlMs >= 1000) parts.push(`Max-Age=${Math.floor(ttlMs / 1000)}`);
  if (path) parts.push(`Path=${path}`);
  return [...parts, 'HttpOnly'].join('; ');
}
