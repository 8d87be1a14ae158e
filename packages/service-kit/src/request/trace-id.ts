import type { IncomingHttpHeaders } from 'node:http';

const TRACE_ID = /^(?:[0-9a-f]{16}){1,2}$/i;

/** Returns the trace id, of 64 or 128 bits, that traceparent, b3 or x-b3-traceid carries; the first of them wins. */
export function traceId(headers: IncomingHttpHeaders): string | undefined {
  const [, fromTraceparent] = String(headers['traceparent'] ?? '').split('-');
  if (fromTraceparent && TRACE_ID.test(fromTraceparent)) return fromTraceparent;
  const [fromB3] = String(headers['b3'] ?? '').split('-');
  if (fromB3 && TRACE_ID.test(fromB3)) return fromB3;
  const multi = headers['x-b3-traceid'];
  return typeof multi === 'string' && TRACE_ID.test(multi) ? multi : undefined;
}
