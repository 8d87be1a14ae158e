import type { IncomingMessage } from 'node:http';
import { forEachHeader } from '../headers/headers.js';
import type { LocalReply } from '@bookinfo/routing';

/** After it nobody can be sure where the next request begins. */
const CLOSING = { headers: ['connection', 'close'], flag: 'DPE' } as const;

/** To HTTP/1.0 and less, as Envoy has it unless told otherwise (accept_http_10). */
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

/**
 * Why a request is refused that Node's parser let pass: another version, codings that the backend might understand and
 * this proxy doesn't (RFC 9112, 6.1), or several Hosts, of which each recipient could pick another (RFC 9112, 3.2; Envoy
 * joins them). Undefined for one that is right.
 */
export function malformedRequestReply({
  httpVersion,
  headers,
  rawHeaders,
}: IncomingMessage): LocalReply | undefined {
  if (httpVersion !== '1.1') return LOW_VERSION;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return UNKNOWN_TRANSFER_CODING;
  return countHosts(rawHeaders) === 1 ? undefined : SEVERAL_HOSTS;
}

/** Without `headersDistinct`, which Node works out for all headers when one is asked for. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  forEachHeader(rawHeaders, (name) => {
    if (name === 'host') count += 1;
  });
  return count;
}
