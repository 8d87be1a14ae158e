import { newSpanId, type TraceContext } from './headers/trace-context.js';

/** How a proxy records spans. */
export interface Tracing {
  /** The share of the traces begun here that is sampled, 0 to 1. */
  sampledShare: number;
  /**
   * The span of an endpoint, below which its own calls continue the trace. `none`: a proxy of its own records it. `own`: this proxy
   * does, with an id of its own; `shared`: with the id of the client's span (Envoy: shared_span_context).
   */
  serverSpan: 'none' | 'own' | 'shared';
}

/** Returns the context that an endpoint gets with one attempt of a request. */
export function attemptContext(trace: TraceContext, { serverSpan }: Tracing): TraceContext {
  return serverSpan === 'own' ? childContext(trace) : trace;
}

/** Returns the context of a new span below that of the request. */
export function childContext(trace: TraceContext): TraceContext {
  return { ...trace, spanId: newSpanId(), parentSpanId: trace.spanId };
}
