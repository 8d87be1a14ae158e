import type { Downstream } from '../exchange.js';
import { isGrpc } from './grpc-status.js';
import type { LocalReply } from '@bookinfo/routing';
import { grpcReplyHeaders, localReplyHeaders } from './local-reply-head.js';
import type { StreamInfo } from '../stream-info.js';

/** For the access log. */
export function noteReply(streamInfo: StreamInfo, { status, details, flag }: LocalReply): void {
  streamInfo.replyStatus = status;
  streamInfo.responseCodeDetails = details;
  if (flag) streamInfo.responseFlags.add(flag);
}

/** Sends the reply unless the client already has a part of another answer. */
export function sendLocalReply(
  { request, response, streamInfo, edits }: Downstream,
  reply: LocalReply,
): void {
  noteReply(streamInfo, reply);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (isGrpc(request.headers['content-type'])) {
    response.writeHead(200, [...grpcReplyHeaders(reply, edits)]).end();
    return;
  }
  if (request.method !== 'HEAD') streamInfo.bytesSent = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, [...localReplyHeaders(reply, edits)]);
  response.end(reply.body);
}
