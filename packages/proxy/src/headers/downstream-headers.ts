import { SERVER_NAME, type HeaderList } from '@bookinfo/routing';
import { endToEndHeaders } from './message-headers.js';
import { editResponse, type ResponseEdits } from './response-edits.js';

const REPLACED: ReadonlySet<string> = new Set(['server', 'x-envoy-upstream-service-time']);

/** Returns the headers of a backend's response as the client gets them, with the milliseconds that it took. */
export function downstreamHeaders(
  headers: HeaderList,
  serviceTimeMs: number,
  edits: ResponseEdits,
): HeaderList {
  const edited = endToEndHeaders(headers, REPLACED);
  edited.add('x-envoy-upstream-service-time', String(Math.round(serviceTimeMs)));
  editResponse(edited, edits);
  return edited.set('server', SERVER_NAME);
}

/** Returns the headers of a backend's 101, which changes the protocol, as the client gets them. */
export function switchingHeaders(headers: HeaderList, edits: ResponseEdits): HeaderList {
  const edited = endToEndHeaders(headers, REPLACED);
  editResponse(edited, edits);
  return edited
    .set('server', SERVER_NAME)
    .set('connection', 'Upgrade')
    .set('upgrade', headers.get('upgrade') ?? 'websocket');
}
