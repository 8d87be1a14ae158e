import type { ResponseFlag } from '@bookinfo/routing';

/** One request that is over, refused ones included. */
export interface AccessLogEntry {
  startTime: Date;
  method: string | undefined;
  /** With its query string, before any rewrite. */
  path: string | undefined;
  protocol: string;
  /** 0 when the client got no answer. */
  responseCode: number;
  responseFlags: ResponseFlag[];
  /** Envoy's words for who answered, and why. */
  responseCodeDetails: string | undefined;
  upstreamTransportFailureReason: string | undefined;
  /** Of bodies. */
  bytesReceived: number;
  bytesSent: number;
  durationMs: number;
  upstreamServiceTimeMs: number | undefined;
  forwardedFor: string | undefined;
  userAgent: string | undefined;
  requestId: string | undefined;
  authority: string | undefined;
  /** Of the last try, like those that follow: `127.0.0.1:41234`. */
  upstreamHost: string | undefined;
  upstreamCluster: string | undefined;
  upstreamLocalAddress: string | undefined;
  downstreamLocalAddress: string;
  downstreamRemoteAddress: string;
  routeName: string | undefined;
}
