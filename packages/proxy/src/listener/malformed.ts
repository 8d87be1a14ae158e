import type { LocalReply } from '@bookinfo/routing';

/**
 * The answer to bytes that Node's parser refuses, which Envoy words so. Undefined for an error of the connection itself:
 * nobody is there to be answered.
 */
export function malformedReply({ code }: NodeJS.ErrnoException): LocalReply | undefined {
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
