import type { ResponseFlag } from './response-flag.js';

/** What becomes of one request, as far as it is known (Envoy: StreamInfo). */
export class StreamInfo {
  readonly responseFlags = new Set<ResponseFlag>();
  /** Envoy's words for who answered and why, such as `route_not_found` or `via_upstream`. */
  responseCodeDetails: string | undefined;
}
