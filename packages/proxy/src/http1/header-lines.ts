import { ProtocolError } from './protocol-error.js';

/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
/** RFC 9110, 5.5: neither a CR nor NUL nor another control character. */
export const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Reads one `name: value` line, without its end, and appends both to the flat list, the name in lower case. Throws a
 * ProtocolError for anything else, a folded line (RFC 9112, 5.2) and a space before the colon (5.1) included.
 */
export function readHeaderLine(line: string, headers: string[]): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  const value = line.slice(colon + 1);
  if (!TOKEN.test(name) || !FIELD_VALUE.test(value))
    throw new ProtocolError(`${JSON.stringify(line.slice(0, 100))} is no header line`);
  headers.push(name.toLowerCase(), trimmed(value));
}

/** Without spaces and tabs around it; String's own trim takes more than RFC 9110, 5.6.3, allows. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
