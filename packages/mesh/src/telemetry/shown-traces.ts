import type { StoredTrace, TracedSpan } from '@bookinfo/telemetry';
import type { ResponseOf } from '../admin/api.js';

type Trace = ResponseOf<'traces'>['traces'][number];
type ShownSpan = ResponseOf<'trace'>['spans'][number];

/** Returns a trace in one line of a list. */
export function traceSummary({ traceId, spans }: StoredTrace): Trace {
  const ids = new Set(spans.map(({ id }) => id));
  const root = spans.find(({ parentId }) => parentId === undefined || !ids.has(parentId)) ?? spans[0];
  const startMicros = Math.min(...spans.map(({ timestamp }) => timestamp));
  const endMicros = Math.max(...spans.map(({ timestamp, duration }) => timestamp + duration));
  const { 'http.method': method, 'http.url': url } = root?.tags ?? {};
  return {
    traceId,
    startMicros,
    durationMicros: endMicros - startMicros,
    root: {
      name: root?.name ?? '-',
      ...(method !== undefined && { method }),
      ...(url !== undefined && { url }),
      ...(root && statusOf(root)),
    },
    spans: spans.length,
    workloads: [...new Set(spans.map(({ workload }) => workload))],
    flags: [...new Set(spans.flatMap(flagsOf))],
  };
}

/** Returns a span as the console shows it. */
export function shownSpan(span: TracedSpan): ShownSpan {
  const { id, parentId, kind = 'INTERNAL', name, workload, tags, annotations, decision } = span;
  return {
    id,
    ...(parentId !== undefined && { parentId }),
    kind,
    name,
    workload,
    service: span.localEndpoint.serviceName,
    startMicros: span.timestamp,
    durationMicros: span.duration,
    ...statusOf(span),
    flags: flagsOf(span),
    tags,
    annotations: annotations.map(({ timestamp, value }) => ({ micros: timestamp, value })),
    ...(decision && { decision }),
  };
}

/** A request without a response has none. */
function statusOf({ tags }: TracedSpan): { status?: number } {
  const status = Number(tags['http.status_code'] ?? 0);
  return status === 0 ? {} : { status };
}

function flagsOf({ tags }: TracedSpan): string[] {
  return (tags['response_flags'] ?? '-').split(',').filter((flag) => flag !== '-');
}
