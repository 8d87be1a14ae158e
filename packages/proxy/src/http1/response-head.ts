import { readHeaderLine } from './header-lines.js';
import { ProtocolError } from './protocol-error.js';

/** An answer without its body. */
export interface ResponseHead {
  status: number;
  isHttp10: boolean;
  /** Flat list of names in lower case and values, as they came. */
  headers: string[];
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;

/** Reads what comes before the empty line. Throws a ProtocolError for what isn't HTTP/1.0 or HTTP/1.1. */
export function readResponseHead(text: string): ResponseHead {
  const [statusLine = '', ...headerLines] = text.split('\r\n');
  const [, minorVersion, status] = STATUS_LINE.exec(statusLine) ?? [];
  if (status === undefined)
    throw new ProtocolError(`${JSON.stringify(statusLine.slice(0, 100))} is no status line`);
  const headers: string[] = [];
  for (const line of headerLines) readHeaderLine(line, headers);
  return { status: Number(status), isHttp10: minorVersion === '0', headers };
}
