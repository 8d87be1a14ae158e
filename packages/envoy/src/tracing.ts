import { extension, type EnvoyMessage } from './protobuf-json.js';

/** How an Envoy reports spans. */
export interface EnvoyTracing {
  /** The name of the workload in its spans, such as `reviews.default`. */
  serviceName: string;
  /** The tag `node_id`. */
  nodeId: string;
  /** Zipkin's collector, by plain HTTP. */
  collector: { host: string; port: number; path: string };
  /** The share of the traces begun here that is recorded, 0 to 1. */
  sampledShare: number;
  /** Tags of every span. */
  tags: Readonly<Record<string, string>>;
}

const COLLECTOR_CLUSTER = 'zipkin';

/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing. */
export function tracingMessage({ collector, sampledShare, tags }: EnvoyTracing): EnvoyMessage {
  return {
    random_sampling: { value: sampledShare * 100 },
    custom_tags: Object.entries(tags).map(([tag, value]) => ({ tag, literal: { value } })),
    provider: extension('envoy.tracers.zipkin', 'envoy.config.trace.v3.ZipkinConfig', {
      collector_cluster: COLLECTOR_CLUSTER,
      collector_endpoint: collector.path,
      // Envoy 1.40 rejects the default, an older form.
      collector_endpoint_version: 'HTTP_JSON',
      trace_id_128bit: true,
      // With shared ids Jaeger draws a wrong dependency graph.
      shared_span_context: false,
    }),
  };
}

/** envoy.config.cluster.v3.Cluster of the collector. Its host may have no address yet. */
export function collectorCluster({ collector: { host, port } }: EnvoyTracing): EnvoyMessage {
  const address = { socket_address: { address: host, port_value: port } };
  return {
    name: COLLECTOR_CLUSTER,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_PREFERRED',
    load_assignment: {
      cluster_name: COLLECTOR_CLUSTER,
      endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }],
    },
  };
}
