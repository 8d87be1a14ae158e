import type { IncomingHttpHeaders } from 'node:http';

const TRACE_ID = /^(?:[0-9a-f]{16}){1,2}$/i;

/** The trace a request belongs to, from whichever of traceparent, b3 or x-b3-traceid carries an id of 64 or 128 bits. */
export function traceId(headers: IncomingHttpHeaders): string | undefined {
  const [, fromTraceparent] = String(headers['traceparent'] ?? '').split('-');
  if (fromTraceparent && TRACE_ID.test(fromTraceparent)) return fromTraceparent;
  const [fromB3, span] = String(headers['b3'] ?? '').split('-');
  // A b3 header of one field is a sampling decision, not an id (openzipkin/b3-propagation).
  if (fromB3 && span && TRACE_ID.test(fromB3)) return fromB3;
  const multi = headers['x-b3-traceid'];
  return typeof multi === 'string' && TRACE_ID.test(multi) ? multi : undefined;
}
