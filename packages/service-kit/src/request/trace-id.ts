import type { IncomingHttpHeaders } from 'node:http';

/** The trace a request belongs to, from whichever of traceparent, b3 or x-b3-traceid it carries. */
export function traceId(headers: IncomingHttpHeaders): string | undefined {
  const [, fromTraceparent] = String(headers['traceparent'] ?? '').split('-');
  if (fromTraceparent) return fromTraceparent;
  const [fromB3, span] = String(headers['b3'] ?? '').split('-');
  // A b3 header of one field is a sampling decision, not an id (openzipkin/b3-propagation).
  if (fromB3 && span) return fromB3;
  const multi = headers['x-b3-traceid'];
  return typeof multi === 'string' ? multi : undefined;
}
