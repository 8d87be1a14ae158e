import type { IncomingHttpHeaders } from 'node:http';
import { PROPAGATED_HEADERS, TRACE_HEADERS } from '@bookinfo/contract';

/**
 * Returns the headers to send with a call that belongs to an incoming request.
 *
 * @param incoming headers of that request
 * @param destination `external` leaves out the headers that identify the caller
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
