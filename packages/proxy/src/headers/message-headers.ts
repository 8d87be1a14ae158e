import type { HeaderList } from '@bookinfo/routing';
import { connectionOptions } from './connection-options.js';

/** RFC 9110, 7.6.1, and the older names that RFC 2616, 13.5.1, called hop-by-hop. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Returns the headers by name, without those of `removed`. Several values of one name are joined with `,`, cookies with
 * `; ` (RFC 9110, 5.3; RFC 9113, 8.2.3).
 */
export function joinedHeaders(headers: HeaderList, removed: ReadonlySet<string>): Record<string, string> {
  const joined = Object.create(null) as Record<string, string>;
  headers.forEach((name, value) => {
    if (removed.has(name)) return;
    const earlier = joined[name];
    const separator = name === 'cookie' ? '; ' : ',';
    joined[name] = earlier === undefined ? value : `${earlier}${separator}${value}`;
  });
  return joined;
}

/** Returns the headers of a request without those that its Connection header lists, which are for the proxy alone. */
export function withoutListed(headers: HeaderList): HeaderList {
  const options = connectionOptions(headers).filter(
    (option) => option !== 'connection' && headers.has(option),
  );
  return options.length === 0 ? headers : headers.filter((name) => !options.includes(name));
}

/**
 * Returns a new list without the headers of a single hop, those that the Connection header lists, and those of
 * `replaced`, which the caller sets anew.
 */
export function endToEndHeaders(headers: HeaderList, replaced: ReadonlySet<string>): HeaderList {
  const options = connectionOptions(headers);
  return headers.filter((name) => !HOP_BY_HOP.has(name) && !replaced.has(name) && !options.includes(name));
}
