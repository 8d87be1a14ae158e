import { randomUUID } from 'node:crypto';
import type { Random } from '@bookinfo/effects';
import type { Header } from '@bookinfo/routing';

/** The place of one request in a trace. */
export interface TraceContext {
  /** 32 hexadecimal digits, or the 16 that a client sent. */
  traceId: string;
  /** The span of the proxy that has the request: 16 hexadecimal digits. */
  spanId: string;
  /** Absent for the first span of a trace. */
  parentSpanId?: string;
  isSampled: boolean;
}

/** The headers of a trace, which a proxy that takes part in it writes anew. */
export const TRACE_HEADERS: ReadonlySet<string> = new Set([
  'traceparent',
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
]);

/** What a client has sent of a trace: its ids, its decision about sampling, or both. */
interface Received {
  ids?: { traceId: string; parentSpanId: string };
  isSampled?: boolean | undefined;
}

const TRACE_ID = /^(?!0+$)(?:[0-9a-f]{16}|[0-9a-f]{32})$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/**
 * Returns the context of a new span: it continues the trace of the headers, or begins one, which is sampled with the
 * probability `sampledShare` (0 to 1). A request without ids may bring a decision about sampling. B3's single header wins over its
 * several ones, as in Envoy (SpanContextExtractor::extractSpanContext), and these over W3C's `traceparent`. Ids that are not valid
 * count as absent.
 */
export function traceContext(
  headers: Readonly<Record<string, string>>,
  sampledShare: number,
  random: Random,
): TraceContext {
  const { ids = { traceId: newTraceId() }, isSampled = random() < sampledShare } = receivedContext(headers);
  return { ...ids, spanId: newSpanId(), isSampled };
}

/** Returns a new id of a span. */
export function newSpanId(): string {
  return newTraceId().slice(16);
}

/** Returns the headers by which the receiver of a request continues its trace below the span, in the forms of B3 and W3C. */
export function traceHeaders({ traceId, spanId, parentSpanId, isSampled }: TraceContext): Header[] {
  const sampled = isSampled ? '1' : '0';
  const headers: Header[] = [
    ['x-b3-traceid', traceId],
    ['x-b3-spanid', spanId],
  ];
  if (parentSpanId !== undefined) headers.push(['x-b3-parentspanid', parentSpanId]);
  headers.push(
    ['x-b3-sampled', sampled],
    ['traceparent', `00-${traceId.padStart(32, '0')}-${spanId}-0${sampled}`],
  );
  return headers;
}

/**
 * Returns the headers of a gateway that records no spans: they begin a trace where the request has none, sampled in 1 % of cases
 * (mesh config, tracing.sampling), so that the services can take part in one. The headers of a request that has one stay as they are.
 */
export function unrecordedTrace(headers: Readonly<Record<string, string>>, random: Random): Header[] {
  for (const name of TRACE_HEADERS) if (headers[name] !== undefined) return [];
  return traceHeaders({ traceId: newTraceId(), spanId: newSpanId(), isSampled: random() < 0.01 });
}

function newTraceId(): string {
  return randomUUID().replaceAll('-', '');
}

function receivedContext(headers: Readonly<Record<string, string>>): Received {
  const { b3, traceparent } = headers;
  if (b3 !== undefined) return singleB3(b3);
  const several = severalB3(headers);
  if (several.ids || traceparent === undefined) return several;
  const [, traceId, spanId, flags = ''] = TRACEPARENT.exec(traceparent) ?? [];
  const read = received(traceId, spanId, several.isSampled ?? (Number.parseInt(flags, 16) & 1) === 1);
  return read.ids ? read : several;
}

/** Reads `trace-span-sampled-parent`, of which sampled and parent may be absent, or the decision about sampling alone. */
function singleB3(value: string): Received {
  const [traceId, spanId, sampled] = value.split('-');
  return received(traceId, spanId, isSampledBy(spanId === undefined ? traceId : sampled));
}

function severalB3(headers: Readonly<Record<string, string>>): Received {
  // The flag of a debug trace implies sampling.
  const isSampled = headers['x-b3-flags'] === '1' || isSampledBy(headers['x-b3-sampled']);
  return received(headers['x-b3-traceid'], headers['x-b3-spanid'], isSampled);
}

function isSampledBy(value: string | undefined): boolean | undefined {
  if (value === '1' || value === 'd' || value === 'true') return true;
  return value === '0' || value === 'false' ? false : undefined;
}

function received(traceId = '', spanId = '', isSampled: boolean | undefined): Received {
  const ids = { traceId: traceId.toLowerCase(), parentSpanId: spanId.toLowerCase() };
  return TRACE_ID.test(ids.traceId) && SPAN_ID.test(ids.parentSpanId) ? { ids, isSampled } : { isSampled };
}
