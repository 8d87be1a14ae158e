export { otlpCollector, zipkinCollector } from './export/collectors.js';
export { type Collector, SpanExporter } from './export/span-exporter.js';
export type { Reporter } from './reporter.js';
export type { Span } from './spans/span.js';
export { type SpanOptions, spansOfCopy, spansOfRequest } from './spans/spans-of-request.js';
export { canonicalRevision, canonicalService, type WorkloadIdentity } from './workload-identity.js';
