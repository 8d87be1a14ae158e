import type { AccessLogEntry } from './access-log-entry.js';

/** What of a value could end its field or its line early, or command a terminal. */
const UNSAFE = /[^ !#-~\u00a0-\uffff]/g;

/**
 * A line, without its end, in the format that Istio's proxies have by default (mesh config, accessLogFormat; the fields
 * in Istio's "Getting Envoy's access logs"): `-` stands for what there is not.
 */
export function formatAccessLog(entry: AccessLogEntry): string {
  const { method, path, protocol, responseFlags } = entry;
  return [
    `[${entry.startTime.toISOString()}]`,
    `"${shown(method)} ${shown(path)} ${protocol}"`,
    entry.responseCode,
    shown(responseFlags.join(',')),
    shown(entry.responseCodeDetails),
    // Connection termination details: nothing here ends a connection for a reason of its own.
    '-',
    `"${shown(entry.upstreamTransportFailureReason)}"`,
    entry.bytesReceived,
    entry.bytesSent,
    entry.durationMs,
    shown(entry.upstreamServiceTimeMs),
    `"${shown(entry.forwardedFor)}"`,
    `"${shown(entry.userAgent)}"`,
    `"${shown(entry.requestId)}"`,
    `"${shown(entry.authority)}"`,
    `"${shown(entry.upstreamHost)}"`,
    shown(entry.upstreamCluster),
    shown(entry.upstreamLocalAddress),
    shown(entry.downstreamLocalAddress),
    shown(entry.downstreamRemoteAddress),
    // Requested server name: there is no TLS from clients.
    '-',
    shown(entry.routeName),
  ].join(' ');
}

function shown(value: string | number | undefined): string {
  if (value === undefined || value === '') return '-';
  return String(value).replace(
    UNSAFE,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
