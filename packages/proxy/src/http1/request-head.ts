import type { HeaderList } from '@bookinfo/routing';
import { FIELD_VALUE } from './header-line.js';

/** Other characters would end the request line early, or begin another request (RFC 9112, 3.2). */
const TARGET = /^[\x21-\x7e\x80-\xff]+$/;

/**
 * Returns the request line and headers, to be sent in Latin-1.
 *
 * @throws {Error} when the path or a value contains other characters. A client cannot cause that: only a rule's own
 *   rewrite can.
 */
export function requestHead(method: string, path: string, headers: HeaderList): string {
  if (!TARGET.test(path)) throw new Error(`the path ${JSON.stringify(path)} can't be sent`);
  let head = `${method} ${path} HTTP/1.1\r\n`;
  headers.forEach((name, value) => {
    if (!FIELD_VALUE.test(value))
      throw new Error(`the header ${name} can't be sent: ${JSON.stringify(value)}`);
    head += `${name}: ${value}\r\n`;
  });
  return `${head}\r\n`;
}
