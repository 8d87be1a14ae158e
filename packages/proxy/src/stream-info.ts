import type { RouteRequest, ResponseFlag } from '@bookinfo/routing';

/** What becomes of one request, as far as it is known (Envoy: StreamInfo). */
export class StreamInfo {
  readonly responseFlags = new Set<ResponseFlag>();
  /** Of an answer of the proxy's own. */
  replyStatus: number | undefined;
  /** Envoy's words for who answered and why, such as `route_not_found` or `via_upstream`. */
  responseCodeDetails: string | undefined;
  /** As the routes saw it. */
  routeRequest: RouteRequest | undefined;
  routeName: string | undefined;
  /** Of the last try, like those that follow. */
  upstreamCluster: string | undefined;
  upstreamHost: string | undefined;
  upstreamLocalAddress: string | undefined;
  upstreamTransportFailureReason: string | undefined;
  upstreamServiceTimeMs: number | undefined;
  /** Absent where none was read. */
  requestBody: { readonly bytes: number } | undefined;
  /** Of the answer's body. */
  bytesSent = 0;
}
