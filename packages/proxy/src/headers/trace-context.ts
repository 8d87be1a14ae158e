import { randomUUID } from 'node:crypto';
import type { Random } from '@bookinfo/effects';
import type { Header } from '@bookinfo/routing';

/** Istio's default (mesh config, tracing.sampling: 1 %). */
const SAMPLED_SHARE = 0.01;

/** Headers of which any one means that the request belongs to a trace, or that its client has decided about sampling. */
const CONTEXT_HEADERS = [
  'traceparent',
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
];

/**
 * Returns the headers that begin a trace, in the forms of both W3C and B3, with the same ids. Returns none for a request
 * that has a trace: its headers stay as they are.
 */
export function newTraceContext(headers: Readonly<Record<string, string>>, random: Random): Header[] {
  if (CONTEXT_HEADERS.some((name) => headers[name] !== undefined)) return [];
  const traceId = randomUUID().replaceAll('-', '');
  const spanId = randomUUID().replaceAll('-', '').slice(16);
  const sampled = random() < SAMPLED_SHARE ? '1' : '0';
  return [
    ['x-b3-traceid', traceId],
    ['x-b3-spanid', spanId],
    ['x-b3-sampled', sampled],
    ['traceparent', `00-${traceId}-${spanId}-0${sampled}`],
  ];
}
