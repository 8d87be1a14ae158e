import {
  type CircuitBreakers,
  type Cluster,
  type LbPolicy,
  type SlowStart,
  UNLIMITED,
} from '@bookinfo/routing';
import { outlierDetection } from './outlier-detection.js';
import { DNS_CACHE } from './http-filters.js';
import { loadAssignment } from './load-assignment.js';
import { duration, extension, configSource, typed, type EnvoyMessage } from './protobuf-json.js';
import { upstreamTls } from './upstream-tls.js';

const LIMITS = Object.keys(UNLIMITED) as (keyof CircuitBreakers)[];

/**
 * envoy.config.cluster.v3.Cluster.
 *
 * @param endpointsFile the path of the file with the endpoints, for a cluster that has one
 */
export function clusterMessage(cluster: Cluster, endpointsFile: string): EnvoyMessage {
  const { circuitBreakers: limits, outlierDetection: outliers } = cluster;
  return {
    name: cluster.name,
    ...discovery(cluster, endpointsFile),
    ...lbPolicy(cluster.lbPolicy),
    connect_timeout: duration(cluster.connectTimeoutMs),
    circuit_breakers: {
      thresholds: [
        {
          max_connections: limits.maxConnections,
          max_pending_requests: limits.maxPendingRequests,
          max_requests: limits.maxRequests,
          max_retries: limits.maxRetries,
        },
      ],
    },
    outlier_detection: outliers && outlierDetection(outliers),
    common_lb_config: { healthy_panic_threshold: { value: outliers?.minHealthPercent ?? 0 } },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': httpProtocolOptions(cluster),
    },
    upstream_bind_config:
      cluster.sourceAddress === undefined
        ? undefined
        : { source_address: { address: cluster.sourceAddress, port_value: 0 } },
    transport_socket: cluster.tls && upstreamTls(cluster.tls),
  };
}

/**
 * Tests whether the endpoints are in a file of their own, so that a change of them leaves what Envoy has counted of the others:
 * failures, ages, active requests. For each such file Envoy takes one of the inotify instances of the user, of which Linux allows
 * 128 by default, and Envoy aborts when there is none (source/common/filesystem/inotify/watcher_impl.cc). Where nothing is counted,
 * the cluster is replaced with its endpoints.
 */
export function hasEndpointsFile(cluster: Cluster): boolean {
  const isLimited = LIMITS.some((limit) => cluster.circuitBreakers[limit] !== UNLIMITED[limit]);
  return (
    cluster.type === 'EDS' &&
    (cluster.outlierDetection !== undefined || 'slowStart' in cluster.lbPolicy || isLimited)
  );
}

function discovery(cluster: Cluster, endpointsFile: string): EnvoyMessage {
  switch (cluster.type) {
    case 'EDS':
    case 'STATIC':
      return hasEndpointsFile(cluster)
        ? { type: 'EDS', eds_cluster_config: { eds_config: configSource(endpointsFile) } }
        : { type: 'STATIC', load_assignment: loadAssignment(cluster) };
    case 'STRICT_DNS':
    case 'LOGICAL_DNS':
      // As Istio for a pod with both families: by default Envoy uses only IPv6 addresses when a name has both.
      return { type: cluster.type, load_assignment: loadAssignment(cluster), dns_lookup_family: 'ALL' };
    case 'ORIGINAL_DST':
      // The connection of an HTTP_PROXY client ends at the proxy; only the request names the original destination.
      return {
        cluster_type: extension(
          'envoy.clusters.dynamic_forward_proxy',
          'envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig',
          // The connection is plain HTTP unless the table has TLS for it.
          { dns_cache_config: DNS_CACHE, allow_insecure_cluster_options: true },
        ),
      };
  }
}

function lbPolicy(policy: LbPolicy): EnvoyMessage {
  switch (policy.kind) {
    case 'RING_HASH':
      return { lb_policy: policy.kind, ring_hash_lb_config: { minimum_ring_size: policy.minimumRingSize } };
    case 'MAGLEV':
      return { lb_policy: policy.kind, maglev_lb_config: { table_size: policy.tableSize } };
    case 'LEAST_REQUEST':
      return { lb_policy: policy.kind, least_request_lb_config: slowStart(policy) };
    case 'ROUND_ROBIN':
      return { lb_policy: policy.kind, round_robin_lb_config: slowStart(policy) };
    case 'RANDOM':
    case 'CLUSTER_PROVIDED':
      return { lb_policy: policy.kind };
  }
}

function slowStart({ slowStart: settings }: { slowStart?: SlowStart }): EnvoyMessage | undefined {
  return (
    settings && {
      slow_start_config: {
        slow_start_window: duration(settings.windowMs),
        // No setting of the runtime has this key.
        aggression: { default_value: settings.aggression, runtime_key: 'slow_start_aggression' },
        min_weight_percent: { value: settings.minWeightPercent },
      },
    }
  );
}

function httpProtocolOptions({ maxRequestsPerConnection, idleTimeoutMs, tls }: Cluster): EnvoyMessage {
  return typed('envoy.extensions.upstreams.http.v3.HttpProtocolOptions', {
    explicit_http_config: { http_protocol_options: {} },
    common_http_protocol_options: {
      ...(maxRequestsPerConnection > 0 && { max_requests_per_connection: maxRequestsPerConnection }),
      ...(idleTimeoutMs > 0 && { idle_timeout: duration(idleTimeoutMs) }),
    },
    // Without an SNI in the table the host of the request is used.
    ...(tls && tls.sni === undefined && { upstream_http_protocol_options: { auto_sni: true } }),
  });
}
