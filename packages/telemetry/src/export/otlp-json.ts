import type { Span } from '../spans/span.js';

/** The numbers of OpenTelemetry's kinds (opentelemetry/proto/trace/v1/trace.proto, SpanKind). */
const KINDS = { INTERNAL: 1, SERVER: 2, CLIENT: 3 };
const ERROR = 2;

/** Returns the spans as the body of OTLP's `POST /v1/traces` in JSON: a resource for each service. */
export function otlpJson(spans: readonly Span[]): string {
  const byService = Map.groupBy(spans, (span) => span.localEndpoint.serviceName);
  return JSON.stringify({
    resourceSpans: Array.from(byService, ([service, ofService]) => ({
      resource: { attributes: attributes({ 'service.name': service }) },
      scopeSpans: [{ scope: { name: 'bookinfo' }, spans: ofService.map(otlpSpan) }],
    })),
  });
}

function otlpSpan({ traceId, id, parentId, kind, name, timestamp, duration, annotations, tags }: Span) {
  return {
    traceId: traceId.padStart(32, '0'),
    spanId: id,
    ...(parentId !== undefined && { parentSpanId: parentId }),
    name,
    kind: KINDS[kind ?? 'INTERNAL'],
    startTimeUnixNano: nanos(timestamp),
    endTimeUnixNano: nanos(timestamp + duration),
    attributes: attributes(tags),
    events: annotations.map((each) => ({ timeUnixNano: nanos(each.timestamp), name: each.value })),
    status: tags['error'] === undefined ? {} : { code: ERROR },
  };
}

/** Numbers of 64 bits are text in the JSON of protocol buffers. */
function nanos(micros: number): string {
  return `${micros}000`;
}

function attributes(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
