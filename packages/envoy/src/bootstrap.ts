import { LOOPBACK } from '@bookinfo/effects';
import { ADMIN_PORT, adminResources } from './admin-listeners.js';
import { configSource, socketAddress, type EnvoyMessage } from './protobuf-json.js';
import { collectorCluster, type EnvoyTracing } from './tracing.js';

const RUNTIME = {
  // As in Istio (tools/packaging/common/envoy_bootstrap.json); Envoy's own limit, 100, rejects long patterns.
  're2.max_program_size.error_level': 32768,
  // Since 1.39 Envoy matches each value of a repeated header separately; Istio 1.30 has Envoy 1.38, which joins them.
  'envoy.reloadable_features.match_headers_individually': false,
};

const LAYERED_RUNTIME = { layers: [{ name: 'static', static_layer: RUNTIME }] };

/**
 * The labels of Istio's proxies (tools/packaging/common/envoy_bootstrap.json): Envoy's own would end the name of a cluster at its first
 * dot.
 */
const STATS_CONFIG = {
  use_all_default_tags: false,
  stats_tags: [
    { tag_name: 'cluster_name', regex: String.raw`^cluster\.((.+?(\..+?\.svc\.cluster\.local)?)\.)` },
    { tag_name: 'response_code', regex: String.raw`_rq(_(\d{3}))$` },
    { tag_name: 'response_code_class', regex: String.raw`_rq(_(\dxx))$` },
  ],
};

/**
 * envoy.config.bootstrap.v3.Bootstrap; listeners and clusters come from the given files. The admin endpoint listens on any free
 * port of 127.0.0.1, or with a path for its Unix socket on Istio's.
 */
export function bootstrap(
  listenersFile: string,
  clustersFile: string,
  { adminSocket, tracing }: { adminSocket?: string; tracing?: EnvoyTracing },
): EnvoyMessage {
  const isAlone = adminSocket !== undefined;
  const admin = isAlone ? adminResources(adminSocket) : { clusters: [], listeners: [] };
  return {
    node: { id: tracing?.nodeId ?? 'bookinfo', cluster: tracing?.serviceName ?? 'bookinfo' },
    admin: { address: socketAddress(LOOPBACK, isAlone ? ADMIN_PORT : 0) },
    static_resources: {
      ...admin,
      clusters: tracing ? [...admin.clusters, collectorCluster(tracing)] : admin.clusters,
    },
    stats_config: STATS_CONFIG,
    dynamic_resources: { lds_config: configSource(listenersFile), cds_config: configSource(clustersFile) },
    layered_runtime: LAYERED_RUNTIME,
  };
}

/** envoy.config.bootstrap.v3.Bootstrap with one listener and these clusters, to validate them. */
export function staticBootstrap(
  listener: EnvoyMessage,
  clusters: readonly EnvoyMessage[] = [],
): EnvoyMessage {
  return { static_resources: { listeners: [listener], clusters }, layered_runtime: LAYERED_RUNTIME };
}
