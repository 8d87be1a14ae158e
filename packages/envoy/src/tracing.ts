import type { CustomTag, TracingSettings } from '@bookinfo/routing';
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
  /** Tags of the rules. */
  customTags?: readonly CustomTag[];
}

const COLLECTOR_CLUSTER = 'zipkin';

/** Returns the tracing as the settings of a table change it; undefined when they disable it. */
export function withSettings(
  tracing: EnvoyTracing | undefined,
  { isDisabled = false, randomSamplingPercentage, customTags }: TracingSettings = {},
): EnvoyTracing | undefined {
  if (!tracing || isDisabled) return undefined;
  return {
    ...tracing,
    ...(randomSamplingPercentage !== undefined && { sampledShare: randomSamplingPercentage / 100 }),
    ...(customTags && { customTags }),
  };
}

/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing. */
export function tracingMessage({
  collector,
  sampledShare,
  tags,
  customTags = [],
}: EnvoyTracing): EnvoyMessage {
  return {
    random_sampling: { value: sampledShare * 100 },
    custom_tags: [
      ...Object.entries(tags).map(([tag, value]) => ({ tag, literal: { value } })),
      ...customTags.map(customTag),
    ],
    provider: extension('envoy.tracers.zipkin', 'envoy.config.trace.v3.ZipkinConfig', {
      collector_cluster: COLLECTOR_CLUSTER,
      collector_endpoint: collector.path,
      collector_hostname: `${collector.host}:${collector.port}`,
      // Envoy 1.40 rejects the default, an older form.
      collector_endpoint_version: 'HTTP_JSON',
      trace_id_128bit: true,
      // With shared ids Jaeger draws a wrong dependency graph.
      shared_span_context: false,
    }),
  };
}

/** envoy.type.tracing.v3.CustomTag. */
function customTag(custom: CustomTag): EnvoyMessage {
  const { tag } = custom;
  if (custom.kind === 'literal') return { tag, literal: { value: custom.value } };
  const source = { name: custom.name, default_value: custom.defaultValue };
  return custom.kind === 'header' ? { tag, request_header: source } : { tag, environment: source };
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
