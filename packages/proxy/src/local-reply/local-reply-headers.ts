import { HeaderList, SERVER_NAME, type LocalReply } from '@bookinfo/routing';
import { editResponse, NO_EDITS } from '../headers/response-edits.js';
import { grpcMessage, grpcStatusOf } from './grpc-status.js';

/** Returns the headers of a response that the proxy makes, edited as the route requires (Envoy: Utility::prepareLocalReply). */
export function localReplyHeaders({ status, body, headers }: LocalReply, edits = NO_EDITS): HeaderList {
  const edited = new HeaderList(headers);
  editResponse(edited, edits);
  if (body !== '' && !edited.has('content-type')) edited.add('content-type', 'text/plain');
  // Neither status has a body, nor then a Content-Length (RFC 9110, 8.6 and 15.4.5).
  if (status !== 204 && status !== 304) edited.set('content-length', String(Buffer.byteLength(body)));
  return edited.set('server', SERVER_NAME);
}

/** Returns the headers of the same response to a gRPC client, which gets HTTP 200 and everything else in headers. */
export function grpcReplyHeaders(
  { status, body, headers, grpcStatus }: LocalReply,
  edits = NO_EDITS,
): HeaderList {
  const edited = new HeaderList(headers);
  editResponse(edited, edits);
  edited
    .set('content-type', 'application/grpc')
    .set('grpc-status', String(grpcStatus ?? grpcStatusOf(status)))
    .set('content-length', '0')
    .set('server', SERVER_NAME);
  return body === '' ? edited : edited.set('grpc-message', grpcMessage(body));
}
