import type { AccessLogEntry, Attempt, MirroredRequest } from '@bookinfo/proxy';
import type { Reporter } from '../reporter.js';
import type { Span } from '../spans/span.js';
import { isError } from '../spans/span-tags.js';
import { type SpanOptions, spansOfCopy, spansOfRequest } from '../spans/spans-of-request.js';
import type { TracedCopy, TracedRequest } from '../spans/traced-request.js';
import { workloadId } from '../workload-id.js';
import type { WorkloadIdentity } from '../workload-identity.js';
import { spanDecision, type SpanDecision } from './span-decision.js';

/** A span with the workload whose end it is, and what was decided there. */
export interface TracedSpan extends Span {
  workload: string;
  decision?: SpanDecision;
}

/** What one proxy adds to a trace. Its spans are made when they are asked for: most traces are never looked at. */
export interface TracePart {
  traceId: string;
  /** About what it takes of memory. */
  bytes: number;
  isError: boolean;
  workloads: readonly string[];
  spans: () => TracedSpan[];
}

/** Limits of what a client can make a part hold, in characters. */
const MAX_URL = 2048;
const MAX_VALUE = 256;
/** Measured: a part without the texts of its client, and one try of it. */
const PART_BYTES = 1750;
const ATTEMPT_BYTES = 500;

/** Returns the part of a request; undefined when it is not sampled. */
export function partOfRequest(
  entry: AccessLogEntry,
  reporter: Reporter,
  options: SpanOptions,
): TracePart | undefined {
  const { trace, attempts, responseFlags, decision } = entry;
  if (!trace?.isSampled) return undefined;
  const request: TracedRequest = {
    startMs: entry.startMs,
    endMs: entry.endMs,
    method: cut(entry.method, MAX_VALUE),
    path: cut(entry.path, MAX_URL),
    protocol: entry.protocol,
    responseCode: entry.responseCode,
    responseFlags,
    bytesReceived: entry.bytesReceived,
    bytesSent: entry.bytesSent,
    userAgent: cut(entry.userAgent, MAX_VALUE),
    requestId: cut(entry.requestId, MAX_VALUE),
    authority: cut(entry.authority, MAX_VALUE),
    upstreamCluster: entry.upstreamCluster,
    downstreamRemoteAddress: entry.downstreamRemoteAddress,
    attempts,
    trace,
    customTags: cutValues(entry.customTags),
    decision: decision && {
      lookup: {
        route: decision.lookup.route,
        request: { port: decision.lookup.request.port, scheme: decision.lookup.request.scheme },
      },
    },
  };
  const { now, workloads } = asOfNow(reporter, attempts);
  const own = spanDecision(entry);
  const tags = Object.entries(request.customTags ?? {}).flat();
  const { path = '', userAgent = '', requestId = '', authority = '' } = request;
  return {
    traceId: trace.traceId,
    bytes:
      PART_BYTES +
      attempts.length * ATTEMPT_BYTES +
      path.length +
      userAgent.length +
      requestId.length +
      authority.length +
      tags.join('').length,
    isError: isError(entry.responseCode) || responseFlags.length > 0,
    workloads,
    spans: () => {
      const [first, ...others] = withWorkloads(spansOfRequest(request, now, options), now, attempts);
      return first ? [{ ...first, ...(own && { decision: own }) }, ...others] : [];
    },
  };
}

/** Returns the part of a copy for a mirror; undefined when it is not sampled. */
export function partOfCopy(
  { trace, attempt, request }: MirroredRequest,
  reporter: Reporter,
  options: SpanOptions,
): TracePart | undefined {
  if (!trace?.isSampled) return undefined;
  const path = cut(request.path, MAX_URL) ?? '';
  const authority = cut(request.authority, MAX_VALUE) ?? '';
  const method = cut(request.method, MAX_VALUE) ?? '';
  const copy: TracedCopy = { trace, attempt, request: { method, authority, path } };
  const { now, workloads } = asOfNow(reporter, [attempt]);
  return {
    traceId: trace.traceId,
    bytes: PART_BYTES + ATTEMPT_BYTES + path.length + authority.length,
    isError: false,
    workloads,
    spans: () => withWorkloads(spansOfCopy(copy, now, options), now, [attempt]),
  };
}

/** Returns the reporter with the workloads of now: the pod of an endpoint may be gone when its spans are made. */
function asOfNow(reporter: Reporter, attempts: readonly Attempt[]) {
  const known = new Map<object, WorkloadIdentity>();
  for (const { endpoint } of attempts) {
    const workload = reporter.workloadOf(endpoint);
    if (workload) known.set(endpoint, workload);
  }
  const now: Reporter = { ...reporter, workloadOf: (endpoint) => known.get(endpoint) };
  const workloads = [...new Set([reporter.workload, ...known.values()].map(workloadId))];
  return { now, workloads };
}

function withWorkloads(
  spans: readonly Span[],
  reporter: Reporter,
  attempts: readonly Attempt[],
): TracedSpan[] {
  return spans.map((span) => {
    const attempt = span.kind === 'SERVER' ? attempts.find(({ spanId }) => spanId === span.id) : undefined;
    const server = attempt && reporter.workloadOf(attempt.endpoint);
    return { ...span, workload: workloadId(server ?? reporter.workload) };
  });
}

function cutValues(tags: Readonly<Record<string, string>> | undefined) {
  if (!tags) return undefined;
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag, cut(value, MAX_VALUE) ?? '']));
}

/** Returns the text up to a length, as a text of its own: a part of another text would keep all of it in memory. */
function cut(text: string | undefined, length: number): string | undefined {
  return text === undefined || text.length <= length ? text : Buffer.from(text.slice(0, length)).toString();
}
