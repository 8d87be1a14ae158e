/** Envoy's default for all headers of a message together (max_request_headers_kb: 60). */
export const MAX_HEADER_BYTES = 60 * 1024;
/** Within which a client has to send all headers of a request, so that nobody holds connections up by sending a byte now and then. */
export const HEADERS_TIMEOUT_MS = 60_000;
