import type { HeaderList } from '@bookinfo/routing';

/** Envoy's limit (MAX_ALLOWED_NOMINATED_HEADERS, source/common/http/utility.cc) is below this. */
const MAX_OPTIONS = 9;

/** Without them a request would be taken for another client's, or for another host. */
const NEVER_LISTED: readonly string[] = ['host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

/** Returns what the Connection headers list, in lower case: headers of a single hop, and `close` (RFC 9110, 7.6.1). */
export function connectionOptions(headers: HeaderList): string[] {
  const options: string[] = [];
  for (const value of headers.values('connection'))
    for (const option of value.toLowerCase().split(',')) if (option !== '') options.push(option.trim());
  return options;
}

/** Checks whether Envoy serves a request with these options (Utility::sanitizeConnectionHeader). */
export function areValidOptions(options: readonly string[]): boolean {
  return (
    options.length <= MAX_OPTIONS &&
    !options.some((option) => option.startsWith(':') || NEVER_LISTED.includes(option))
  );
}
