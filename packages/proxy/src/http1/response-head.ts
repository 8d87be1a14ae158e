import { HeaderList } from '@bookinfo/routing';
import { MAX_HEADERS, ProtocolError, readHeaderLine } from './header-line.js';

/** A response without its body. */
export interface ResponseHead {
  status: number;
  isHttp10: boolean;
  headers: HeaderList;
}

/** RFC 9112, 2.2: a bare LF may be read as the end of a line, as Envoy does. */
const LINE_END = /\r?\n/;
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;

/**
 * Reads the part of a response before the empty line.
 *
 * @throws {ProtocolError} when it is neither HTTP/1.0 nor HTTP/1.1.
 */
export function readResponseHead(text: string): ResponseHead {
  const [statusLine = '', ...headerLines] = text.split(LINE_END);
  const [, minorVersion, status] = STATUS_LINE.exec(statusLine) ?? [];
  if (status === undefined)
    throw new ProtocolError(`${JSON.stringify(statusLine.slice(0, 100))} is not a status line`);
  if (headerLines.length > MAX_HEADERS)
    throw new ProtocolError(`the response has more than ${MAX_HEADERS} headers`);
  const headers = new HeaderList();
  for (const line of headerLines) readHeaderLine(line, headers);
  return { status: Number(status), isHttp10: minorVersion === '0', headers };
}
