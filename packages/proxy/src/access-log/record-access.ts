import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import type { LocalReply } from '@bookinfo/routing';
import type { Downstream } from '../exchange.js';
import { StreamInfo } from '../stream-info.js';
import type { AccessLogEntry } from './access-log-entry.js';

/** Called once for each request that has ended. */
export type OnAccess = (entry: AccessLogEntry) => void;

/** Records the request once its response is complete or its connection is closed. */
export function recordAccess(downstream: Downstream, clock: Clock, onAccess: OnAccess): void {
  const { request, response, streamInfo } = downstream;
  const start = startOf(request.socket, clock);
  const startedAt = clock.now();
  response.on('close', () => {
    if (!response.writableFinished) recordDisconnect(streamInfo);
    onAccess({
      ...start,
      ...fieldsOf(streamInfo, request),
      responseCode: response.headersSent ? response.statusCode : (streamInfo.replyStatus ?? 0),
      ...timesOf(startedAt, clock.now()),
    });
  });
}

/** Records a refusal on the bare connection: of bytes that are not HTTP, or of the `request`. */
export function recordRefusal(
  socket: Socket,
  reply: LocalReply,
  clock: Clock,
  onAccess: OnAccess,
  request?: IncomingMessage,
): void {
  const streamInfo = new StreamInfo();
  streamInfo.recordLocalReply(reply);
  streamInfo.bytesSent = Buffer.byteLength(reply.body);
  const fields = fieldsOf(streamInfo, request);
  const now = clock.now();
  onAccess({ ...startOf(socket, clock), ...fields, responseCode: reply.status, ...timesOf(now, now) });
}

/** Reads the addresses at the start: a closed connection no longer has them. */
function startOf({ localAddress, localPort, remoteAddress, remotePort }: Socket, clock: Clock) {
  return {
    startTime: clock.date(),
    downstreamLocalAddress: `${localAddress}:${localPort}`,
    downstreamRemoteAddress: `${remoteAddress}:${remotePort}`,
  };
}

function timesOf(startMs: number, endMs: number) {
  return { startMs, endMs, durationMs: Math.round(endMs - startMs) };
}

/** Records that the client has disconnected, unless the proxy itself broke off the response. */
function recordDisconnect(streamInfo: StreamInfo): void {
  const { responseCodeDetails } = streamInfo;
  if (responseCodeDetails !== undefined && responseCodeDetails !== 'via_upstream') return;
  streamInfo.responseCodeDetails = 'downstream_remote_disconnect';
  streamInfo.responseFlags.add('DC');
}

function fieldsOf(streamInfo: StreamInfo, request: IncomingMessage | undefined) {
  const { routeRequest } = streamInfo;
  const headers = routeRequest?.headers;
  return {
    method: request?.method,
    path: routeRequest?.path ?? request?.url,
    protocol: `HTTP/${request?.httpVersion ?? '1.1'}`,
    responseFlags: [...streamInfo.responseFlags],
    responseCodeDetails: streamInfo.responseCodeDetails,
    upstreamTransportFailureReason: streamInfo.upstreamTransportFailureReason,
    bytesReceived: streamInfo.requestBody?.bytes ?? 0,
    bytesSent: streamInfo.bytesSent,
    upstreamServiceTimeMs: streamInfo.upstreamServiceTimeMs,
    forwardedFor: headers?.['x-forwarded-for'],
    userAgent: headers?.['user-agent'],
    requestId: headers?.['x-request-id'],
    authority: routeRequest?.authority,
    upstreamHost: streamInfo.upstreamHost,
    upstreamCluster: streamInfo.upstreamCluster,
    upstreamLocalAddress: streamInfo.upstreamLocalAddress,
    routeName: streamInfo.routeName,
    decision: streamInfo.decision,
    attempts: streamInfo.attempts,
    trace: streamInfo.trace,
    customTags: streamInfo.customTags,
  };
}
