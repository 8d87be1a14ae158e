import { LOOPBACK } from '@bookinfo/effects';
import { configSource, socketAddress, type EnvoyMessage } from './protobuf-json.js';

const RUNTIME = {
  // As in Istio (tools/packaging/common/envoy_bootstrap.json); Envoy's own limit, 100, rejects long patterns.
  're2.max_program_size.error_level': 32768,
  // Since 1.39 Envoy matches each value of a repeated header separately; Istio 1.30 has Envoy 1.38, which joins them.
  'envoy.reloadable_features.match_headers_individually': false,
};

/**
 * envoy.config.bootstrap.v3.Bootstrap. The admin endpoint listens on any free port of 127.0.0.1; listeners and clusters
 * come from the given files.
 */
export function bootstrap(listenersFile: string, clustersFile: string): EnvoyMessage {
  return {
    node: { id: 'bookinfo', cluster: 'bookinfo' },
    admin: { address: socketAddress(LOOPBACK, 0) },
    dynamic_resources: { lds_config: configSource(listenersFile), cds_config: configSource(clustersFile) },
    layered_runtime: { layers: [{ name: 'static', static_layer: RUNTIME }] },
  };
}
