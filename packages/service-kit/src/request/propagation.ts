import type { IncomingHttpHeaders } from 'node:http';
import { PROPAGATED_HEADERS, TRACE_HEADERS } from '@bookinfo/contract';

/**
 * The headers to send with a call made while answering a request.
 *
 * @param incoming the headers of the request being answered
 * @param destination `external` leaves out those that identify the caller
 */
export function propagatedHeaders(
  incoming: IncomingHttpHeaders,
  destination: 'mesh' | 'external' = 'mesh',
): Record<string, string> {
  const outgoing: Record<string, string> = {};
  for (const name of destination === 'mesh' ? PROPAGATED_HEADERS : TRACE_HEADERS) {
    const value = incoming[name];
    if (value !== undefined) outgoing[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return outgoing;
}
