import { FIELD_VALUE } from './header-lines.js';

/** Anything else would end the request line early, or begin another request (RFC 9112, 3.2). */
const TARGET = /^[\x21-\x7e\x80-\xff]+$/;

/**
 * The request line and headers as bytes in Latin-1, from a flat list of names and values. Throws an Error when the
 * path or a value can't be sent, which clients can't bring about: only a rule's own rewrite can.
 */
export function requestHead(method: string, path: string, headers: readonly string[]): string {
  if (!TARGET.test(path)) throw new Error(`the path ${JSON.stringify(path)} can't be sent`);
  let head = `${method} ${path} HTTP/1.1\r\n`;
  for (let index = 0; index < headers.length; index += 2) {
    const value = String(headers[index + 1]);
    if (!FIELD_VALUE.test(value))
      throw new Error(`the header ${headers[index]} can't be sent: ${JSON.stringify(value)}`);
    head += `${headers[index]}: ${value}\r\n`;
  }
  return `${head}\r\n`;
}
