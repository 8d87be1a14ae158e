/** Envoy's default for all headers of a message together (max_request_headers_kb: 60). */
export const MAX_HEADER_BYTES = 60 * 1024;
