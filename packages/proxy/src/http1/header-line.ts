import type { HeaderList } from '@bookinfo/routing';
import { TOKEN } from '@bookinfo/text';

/** Limit of all headers of a message together, in bytes: Envoy's default (max_request_headers_kb: 60). */
export const MAX_HEADER_BYTES = 60 * 1024;

/** Limit of the headers of a message: Envoy's default (max_headers_count). */
export const MAX_HEADERS = 100;

/** RFC 9110, 5.5: neither CR nor NUL nor another control character. */
export const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A response that is not HTTP/1.1, or that could be read in two ways. */
export class ProtocolError extends Error {}

/**
 * Reads one `name: value` line, without its end, and adds it to the list.
 *
 * @throws {ProtocolError} for anything else, a folded line (RFC 9112, 5.2) and a space before the colon (5.1) included.
 */
export function readHeaderLine(line: string, headers: HeaderList): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  const value = line.slice(colon + 1);
  if (!TOKEN.test(name) || !FIELD_VALUE.test(value))
    throw new ProtocolError(`${JSON.stringify(line.slice(0, 100))} is not a header line (name: value)`);
  headers.add(name.toLowerCase(), trimBlanks(value));
}

/** Removes spaces and tabs at both ends; String's trim removes more than RFC 9110, 5.6.3, allows. */
function trimBlanks(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
