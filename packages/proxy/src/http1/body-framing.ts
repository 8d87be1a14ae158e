import { ProtocolError } from './header-line.js';
import type { ResponseHead } from './response-head.js';

/** The end of a response's body: after a number of bytes, with its last chunk, or with the connection. */
export type BodyFraming = number | 'chunked' | 'until-close';

/**
 * Determines where the body of a response ends (RFC 9112, 6.3). Where the RFC lets a recipient choose between refusing
 * and repairing, this refuses.
 *
 * @throws {ProtocolError} when the headers leave the end uncertain.
 */
export function bodyFraming(method: string, { status, isHttp10, headers }: ResponseHead): BodyFraming {
  const [transferEncoding, ...otherEncodings] = headers.values('transfer-encoding');
  const [contentLength, ...otherLengths] = headers.values('content-length');
  if (otherEncodings.length > 0) throw new ProtocolError('the response has two Transfer-Encoding headers');
  if (otherLengths.length > 0) throw new ProtocolError('the response has two Content-Length headers');
  if (transferEncoding !== undefined) {
    if (isHttp10) throw new ProtocolError('a response of HTTP/1.0 has a Transfer-Encoding');
    if (contentLength !== undefined)
      throw new ProtocolError('the response has both a Transfer-Encoding and a Content-Length');
    if (transferEncoding.toLowerCase() !== 'chunked')
      throw new ProtocolError(`the Transfer-Encoding ${transferEncoding} is not chunked`);
  }
  const length = contentLength === undefined ? undefined : readLength(contentLength);
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  return transferEncoding === undefined ? (length ?? 'until-close') : 'chunked';
}

function readLength(text: string): number {
  const length = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(length))
    throw new ProtocolError(`the Content-Length ${text} is not a number of bytes`);
  return length;
}
