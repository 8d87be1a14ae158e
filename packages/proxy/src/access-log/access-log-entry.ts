import type { Decision, ResponseFlag } from '@bookinfo/routing';
import { printable } from '@bookinfo/text';
import type { TraceContext } from '../headers/trace-context.js';
import type { Attempt } from './attempt.js';

/** One request that has ended, refused ones included: all that the access log, metrics and traces are made of. */
export interface AccessLogEntry {
  startTime: Date;
  /** On the scale of the proxy's clock, in milliseconds. */
  startMs: number;
  endMs: number;
  method: string | undefined;
  /** With its query string, before any rewrite. */
  path: string | undefined;
  protocol: string;
  /** 0 when the client got no response. */
  responseCode: number;
  responseFlags: ResponseFlag[];
  /** Envoy's response code details: who responded, and why. */
  responseCodeDetails: string | undefined;
  upstreamTransportFailureReason: string | undefined;
  /** Bytes of the body, as `bytesSent`. */
  bytesReceived: number;
  bytesSent: number;
  durationMs: number;
  upstreamServiceTimeMs: number | undefined;
  forwardedFor: string | undefined;
  userAgent: string | undefined;
  requestId: string | undefined;
  authority: string | undefined;
  /** The endpoint of the last attempt; the fields that follow are of that attempt too: `127.0.0.1:41234`. */
  upstreamHost: string | undefined;
  upstreamCluster: string | undefined;
  upstreamLocalAddress: string | undefined;
  downstreamLocalAddress: string;
  downstreamRemoteAddress: string;
  routeName: string | undefined;
  /** Absent for a request that was refused before routes are looked up. */
  decision: Decision | undefined;
  /** Every try, in order. */
  attempts: readonly Attempt[];
  /** Absent where the proxy records no spans, and for a request that it can't read. */
  trace: TraceContext | undefined;
  /** Tags of the proxy's span that the rules add. */
  customTags: Readonly<Record<string, string>> | undefined;
}

/**
 * Returns the entry as a line, without its end, in the default format of Istio's proxies (mesh config, accessLogFormat;
 * the fields are in Istio's "Getting Envoy's access logs"): `-` means that there is no value.
 */
export function formatAccessLog(entry: AccessLogEntry): string {
  const { method, path, protocol, responseFlags } = entry;
  return [
    `[${entry.startTime.toISOString()}]`,
    `"${field(method)} ${field(path)} ${protocol}"`,
    entry.responseCode,
    field(responseFlags.join(',')),
    field(entry.responseCodeDetails),
    // Connection termination details: this proxy has none.
    '-',
    `"${field(entry.upstreamTransportFailureReason)}"`,
    entry.bytesReceived,
    entry.bytesSent,
    entry.durationMs,
    field(entry.upstreamServiceTimeMs),
    `"${field(entry.forwardedFor)}"`,
    `"${field(entry.userAgent)}"`,
    `"${field(entry.requestId)}"`,
    `"${field(entry.authority)}"`,
    `"${field(entry.upstreamHost)}"`,
    field(entry.upstreamCluster),
    field(entry.upstreamLocalAddress),
    field(entry.downstreamLocalAddress),
    field(entry.downstreamRemoteAddress),
    // Requested server name: clients connect without TLS.
    '-',
    field(entry.routeName),
  ].join(' ');
}

function field(value: string | number | undefined): string {
  if (value === undefined || value === '') return '-';
  // A quotation mark would end the field early.
  return printable(String(value)).replaceAll('"', String.raw`\u0022`);
}
