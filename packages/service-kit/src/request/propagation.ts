import type { IncomingHttpHeaders } from 'node:http';

/** Who is calling and on whose behalf: never sent to a host outside the mesh. */
const IDENTITY_HEADERS = ['authorization', 'cookie', 'end-user', 'jwt'];

/**
 * The headers that tie a request to the trace it belongs to. A proxy can't connect the request that enters a
 * service with those that leave it; only the service can, by passing these on.
 */
const TRACE_HEADERS = [
  'x-request-id',
  // W3C Trace Context and Baggage
  'traceparent',
  'tracestate',
  'baggage',
  // Zipkin: one header, or several
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
  // Lightstep, Datadog, Google Cloud, OpenCensus, SkyWalking
  'x-ot-span-context',
  'x-datadog-trace-id',
  'x-datadog-parent-id',
  'x-datadog-sampling-priority',
  'x-cloud-trace-context',
  'grpc-trace-bin',
  'sw8',
  'user-agent',
];

/** Every header that a service passes on to the services it calls, in lower case. */
export const PROPAGATED_HEADERS: readonly string[] = [...TRACE_HEADERS, ...IDENTITY_HEADERS];

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
