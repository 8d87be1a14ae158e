import type { Socket } from 'node:net';
import type { LocalReply } from '@bookinfo/routing';
import type { Downstream } from '../exchange.js';
import { MAX_HEADERS } from '../http1/header-line.js';
import { areValidOptions, connectionOptions } from '../headers/connection-options.js';

/** After these requests it is uncertain where the next one begins. */
const CLOSING = { headers: [['connection', 'close']], flag: 'DPE' } as const;

/** For HTTP/1.0 and earlier, as in Envoy's default (accept_http_10). */
const LOW_VERSION: LocalReply = {
  ...CLOSING,
  status: 426,
  body: 'Upgrade Required',
  details: 'low_version',
};
const UNKNOWN_TRANSFER_CODING: LocalReply = {
  ...CLOSING,
  status: 501,
  body: 'The only Transfer-Encoding that is understood is chunked',
  details: 'http1.invalid_transfer_encoding',
};
const SEVERAL_HOSTS: LocalReply = {
  ...CLOSING,
  status: 400,
  body: 'A request has one Host header',
  details: 'http1.codec_error',
};

const TOO_MANY_HEADERS: LocalReply = {
  ...CLOSING,
  status: 431,
  body: 'Request Header Fields Too Large',
  details: 'http1.too_many_headers',
};
const INVALID_CONNECTION: LocalReply = {
  ...CLOSING,
  status: 400,
  body: 'Bad Request',
  details: 'http1.connection_header_rejected',
};

/**
 * Returns the reply to a malformed request that Node's parser accepts: more headers than Envoy's default, another version, codings that the backend might
 * understand but this proxy does not (RFC 9112, 6.1), several Hosts, of which each recipient could pick another (RFC
 * 9112, 3.2; Envoy joins them), or a Connection that lists headers that concern every hop. Returns undefined for a valid request.
 */
export function malformedRequestReply({ request, headers, upgrade }: Downstream): LocalReply | undefined {
  if (request.rawHeaders.length > 2 * MAX_HEADERS) return TOO_MANY_HEADERS;
  if (request.httpVersion !== '1.1') return LOW_VERSION;
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return UNKNOWN_TRANSFER_CODING;
  if (headers.values('host').length !== 1) return SEVERAL_HOSTS;
  // Envoy does not look at those of an upgrade.
  if (upgrade !== undefined) return undefined;
  return areValidOptions(connectionOptions(headers)) ? undefined : INVALID_CONNECTION;
}

/**
 * Checks whether Node's limit for headers has passed on a connection on which no request has begun. It may stay open as long
 * as any other idle connection: clients open some before they need them.
 */
export function isSilent({ code }: NodeJS.ErrnoException, socket: Pick<Socket, 'bytesRead'>): boolean {
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
}

/**
 * Returns the reply to bytes that Node's parser refuses, with the texts of Envoy. Returns undefined for an error of the
 * connection itself, on which no reply could be sent.
 */
export function parseErrorReply({ code }: NodeJS.ErrnoException): LocalReply | undefined {
  if (code === 'HPE_HEADER_OVERFLOW')
    return refusal(431, 'Request Header Fields Too Large', 'http1.headers_too_large');
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return refusal(413, 'Payload Too Large', 'http1.chunk_extensions_too_large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refusal(408, 'Request Timeout', 'request_header_timeout');
  return code?.startsWith('HPE_') ? refusal(400, 'Bad Request', 'http1.codec_error') : undefined;
}

function refusal(status: number, body: string, details: string): LocalReply {
  return { status, body, details, flag: 'DPE' };
}
