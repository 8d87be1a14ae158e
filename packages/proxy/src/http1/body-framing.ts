import { ProtocolError } from './protocol-error.js';
import type { ResponseHead } from './response-head.js';

/** Where an answer's body ends: after so many bytes, with its last chunk, or with the connection. */
export type BodyFraming = number | 'chunked' | 'until-close';

/**
 * RFC 9112, 6.3, read strictly: where it lets a recipient choose between refusing and repairing, this refuses. Throws
 * a ProtocolError.
 */
export function bodyFraming(method: string, { status, isHttp10, headers }: ResponseHead): BodyFraming {
  const transferEncoding = only(headers, 'transfer-encoding');
  const contentLength = only(headers, 'content-length');
  if (transferEncoding !== undefined) {
    if (isHttp10 || contentLength !== undefined || transferEncoding.toLowerCase() !== 'chunked')
      throw new ProtocolError(
        `Transfer-Encoding ${transferEncoding} can't be read, or says something else than Content-Length`,
      );
  }
  const length = contentLength === undefined ? undefined : readLength(contentLength);
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  return transferEncoding === undefined ? (length ?? 'until-close') : 'chunked';
}

function only(headers: readonly string[], wanted: string): string | undefined {
  let found: string | undefined;
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] !== wanted) continue;
    if (found !== undefined) throw new ProtocolError(`${wanted} comes twice`);
    found = headers[index + 1];
  }
  return found;
}

function readLength(text: string): number {
  const length = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(length))
    throw new ProtocolError(`Content-Length ${text} is no length`);
  return length;
}
