import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import type { Downstream } from '../exchange.js';
import type { LocalReply } from '@bookinfo/routing';
import { noteReply } from '../local-reply/send-local-reply.js';
import { StreamInfo } from '../stream-info.js';
import type { AccessLogEntry } from './access-log-entry.js';

/** Told of every request that is over. */
export type OnAccess = (entry: AccessLogEntry) => void;

/** Tells of the request once its answer is complete or its connection gone. */
export function recordAccess(downstream: Downstream, clock: Clock, onAccess: OnAccess): void {
  const { request, response, streamInfo } = downstream;
  const begun = beginEntry(request.socket);
  const startedAt = clock.now();
  response.once('close', () => {
    if (!response.writableFinished) explainBreak(streamInfo);
    onAccess({
      ...begun,
      ...factsOf(streamInfo, request),
      responseCode: response.headersSent ? response.statusCode : (streamInfo.replyStatus ?? 0),
      durationMs: Math.round(clock.now() - startedAt),
    });
  });
}

/** Tells of what was refused on the bare connection: bytes that are no request, unless there is one. */
export function recordRefusal(
  socket: Socket,
  reply: LocalReply,
  onAccess: OnAccess,
  request?: IncomingMessage,
): void {
  const streamInfo = new StreamInfo();
  noteReply(streamInfo, reply);
  streamInfo.bytesSent = Buffer.byteLength(reply.body);
  const facts = factsOf(streamInfo, request);
  onAccess({ ...beginEntry(socket), ...facts, responseCode: reply.status, durationMs: 0 });
}

/** What is known at first: once a connection is closed, nobody knows any more whose it was. */
function beginEntry({ localAddress, localPort, remoteAddress, remotePort }: Socket) {
  return {
    startTime: new Date(),
    downstreamLocalAddress: `${localAddress}:${localPort}`,
    downstreamRemoteAddress: `${remoteAddress}:${remotePort}`,
  };
}

/** If nobody here has broken the answer off, its client has. */
function explainBreak(streamInfo: StreamInfo): void {
  const { responseCodeDetails } = streamInfo;
  if (responseCodeDetails !== undefined && responseCodeDetails !== 'via_upstream') return;
  streamInfo.responseCodeDetails = 'downstream_remote_disconnect';
  streamInfo.responseFlags.add('DC');
}

function factsOf(streamInfo: StreamInfo, request: IncomingMessage | undefined) {
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
  };
}
