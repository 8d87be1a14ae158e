/** Response header: the service that responded, as `<app>-<version>`. */
export const VERSION_HEADER = 'x-bookinfo-version';

/** Response header: every service that took part, in call order, as `<app>-<version>`, separated by spaces. */
export const PATH_HEADER = 'x-bookinfo-path';

/** Request header: the signed-in user. productpage sets it from its session; route rules match it. */
export const END_USER_HEADER = 'end-user';

/** Request headers that identify the caller: propagated inside the mesh, never sent to a host outside of it. */
export const IDENTITY_HEADERS = ['authorization', 'cookie', END_USER_HEADER, 'jwt'] as const;

/**
 * Request headers that tie a request to its trace. A proxy can't connect the request that enters a service with those
 * that leave it; only the service can, by propagating these.
 */
export const TRACE_HEADERS = [
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
] as const;

/** Every request header that a service propagates to the services it calls, in lower case. */
export const PROPAGATED_HEADERS = [...TRACE_HEADERS, ...IDENTITY_HEADERS] as const;
