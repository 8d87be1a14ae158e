import type { Decision, LocalReply, ResponseFlag, RouteRequest } from '@bookinfo/routing';
import type { Attempt } from './access-log/attempt.js';
import type { TraceContext } from './headers/trace-context.js';

/** The record of one request for the access log, metrics and traces (Envoy: StreamInfo). */
export class StreamInfo {
  readonly responseFlags = new Set<ResponseFlag>();
  /** The status of a local reply; absent where a backend responded. */
  replyStatus: number | undefined;
  /** Envoy's response code details: who responded and why, such as `route_not_found` or `via_upstream`. */
  responseCodeDetails: string | undefined;
  /** The request as the routes matched it. */
  routeRequest: RouteRequest | undefined;
  /** Absent for a request that is refused before routes are looked up. */
  decision: Decision | undefined;
  routeName: string | undefined;
  /** Absent where the proxy records no spans, and for a request that it can't read. */
  trace: TraceContext | undefined;
  /** Those of the rules; absent for a request that is not sampled. */
  customTags: Readonly<Record<string, string>> | undefined;
  /** Every try, in order. */
  readonly attempts: Attempt[] = [];
  /** The endpoint of the last attempt; the fields that follow are of that attempt too. */
  upstreamCluster: string | undefined;
  upstreamHost: string | undefined;
  upstreamLocalAddress: string | undefined;
  upstreamTransportFailureReason: string | undefined;
  upstreamServiceTimeMs: number | undefined;
  /** Absent where the request has no body, or none of it was read. */
  requestBody: { readonly bytes: number } | undefined;
  /** Bytes of the response's body. */
  bytesSent = 0;

  /** Records that the proxy makes the response itself. */
  recordLocalReply({ status, details, flag }: LocalReply): void {
    this.replyStatus = status;
    this.responseCodeDetails = details;
    if (flag) this.responseFlags.add(flag);
  }
}
