export { otlpCollector, zipkinCollector } from './export/collectors.js';
export { type Collector, SpanExporter } from './export/span-exporter.js';
export type { Reporter } from './reporter.js';
export type { Span } from './spans/span.js';
export { type SpanOptions, spansOfCopy, spansOfRequest } from './spans/spans-of-request.js';
export { type GraphEdge, graphEdges } from './graph/graph-edges.js';
export { TrafficWindow, WINDOW_SECONDS } from './graph/traffic-window.js';
export { RuleHits } from './rule-hits.js';
export { type SpanDecision } from './traces/span-decision.js';
export { partOfCopy, partOfRequest, type TracedSpan } from './traces/trace-part.js';
export { type StoredTrace, type TraceFilter, TraceStore } from './traces/trace-store.js';
export { receivedSpans } from './received/received-spans.js';
export { SpanPairs } from './received/span-pairs.js';
export { partOfSpan, podOf, requestOfSpan } from './received/span-record.js';
export { workloadId } from './workload-id.js';
export { workloadTags } from './spans/span-tags.js';
export {
  canonicalRevision,
  canonicalService,
  nodeId,
  serviceName,
  type WorkloadIdentity,
} from './workload-identity.js';
export { ClusterCounters } from './metrics/cluster-counters.js';
export {
  CLUSTER_STATISTICS,
  type ClusterStatistic,
  type ClusterStatistics,
} from './metrics/cluster-statistics.js';
export { clusterText, type ProxyClusters } from './metrics/cluster-text.js';
export { METRICS_MEDIA_TYPE } from './metrics/metric-text.js';
export { requestOfLine } from './metrics/request-of-line.js';
export { ProxyMetrics, RequestMetrics } from './metrics/request-metrics.js';
