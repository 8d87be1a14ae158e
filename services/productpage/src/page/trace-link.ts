const TRACE_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/;

/** Returns the URL of the request's trace; undefined without a page of traces, or without a valid id in x-b3-traceid. */
export function traceLink(
  traceUrl: string | undefined,
  traceId: string | string[] | undefined,
): string | undefined {
  if (traceUrl === undefined || typeof traceId !== 'string' || !TRACE_ID.test(traceId)) return undefined;
  return traceUrl.replaceAll('{traceId}', traceId);
}
