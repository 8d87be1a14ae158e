import { headerOf, setHeaders, type HeaderList } from '../headers/edit-headers.js';
import { grpcMessage, grpcStatusOf } from './grpc-status.js';
import { SERVER_NAME, type LocalReply } from '@bookinfo/routing';
import { editResponse, NO_EDITS, type ResponseEdits } from '../headers/response-edits.js';

/** Status and headers of an answer of the proxy's own, changed as the route says (Envoy: Utility::prepareLocalReply). */
export function localReplyHeaders({ status, body, headers = [] }: LocalReply, edits = NO_EDITS): HeaderList {
  const edited = editResponse(headers, edits);
  const own = [{ name: 'server', value: SERVER_NAME }];
  // Neither has a body, nor then a Content-Length (RFC 9110, 8.6 and 15.4.5).
  if (status !== 204 && status !== 304)
    own.unshift({ name: 'content-length', value: String(Buffer.byteLength(body)) });
  if (body !== '' && headerOf(edited, 'content-type') === undefined)
    own.unshift({ name: 'content-type', value: 'text/plain' });
  return setHeaders(edited, own);
}

/** What a gRPC client gets of it: HTTP 200, and all the rest in headers. */
export function grpcReplyHeaders(
  { status, body, headers = [], grpcStatus }: LocalReply,
  edits: ResponseEdits = NO_EDITS,
): HeaderList {
  const own = [
    { name: 'content-type', value: 'application/grpc' },
    { name: 'grpc-status', value: String(grpcStatus ?? grpcStatusOf(status)) },
    { name: 'content-length', value: '0' },
    { name: 'server', value: SERVER_NAME },
  ];
  if (body !== '') own.push({ name: 'grpc-message', value: grpcMessage(body) });
  return setHeaders(editResponse(headers, edits), own);
}
