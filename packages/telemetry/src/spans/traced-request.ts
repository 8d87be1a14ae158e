import type { AccessLogEntry, MirroredRequest } from '@bookinfo/proxy';
import type { Route, RouteRequest } from '@bookinfo/routing';

/** The part of a record that spans are made of. Unlike the record it holds neither headers nor the table of its time. */
export interface TracedRequest extends Pick<
  AccessLogEntry,
  | 'startMs'
  | 'endMs'
  | 'method'
  | 'path'
  | 'protocol'
  | 'responseCode'
  | 'responseFlags'
  | 'bytesReceived'
  | 'bytesSent'
  | 'userAgent'
  | 'requestId'
  | 'authority'
  | 'upstreamCluster'
  | 'downstreamRemoteAddress'
  | 'attempts'
  | 'trace'
  | 'customTags'
> {
  decision:
    { lookup: { route: Route | undefined; request: Pick<RouteRequest, 'port' | 'scheme'> } } | undefined;
}

/** The same of a copy for a mirror. */
export interface TracedCopy extends Pick<MirroredRequest, 'attempt' | 'trace'> {
  request: Pick<RouteRequest, 'method' | 'authority' | 'path'>;
}
