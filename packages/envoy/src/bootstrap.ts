import { LOOPBACK } from '@bookinfo/effects';
import { fromFile } from './config-source.js';
import type { EnvoyMessage } from './message.js';
import { socketAddress } from './scalars.js';

const RUNTIME = {
  // As in Istio (tools/packaging/common/envoy_bootstrap.json); Envoy's own limit refuses patterns of some length.
  're2.max_program_size.error_level': 32768,
  // Envoy matches each value of a repeated header by itself since 1.39; Istio 1.30 has Envoy 1.38, which joins them.
  'envoy.reloadable_features.match_headers_individually': false,
};

/**
 * envoy.config.bootstrap.v3.Bootstrap: what Envoy starts with, and where it finds the rest. Its admin endpoint takes any
 * free port of 127.0.0.1.
 */
export function bootstrap(listenersFile: string, clustersFile: string): EnvoyMessage {
  return {
    node: { id: 'bookinfo', cluster: 'bookinfo' },
    admin: { address: socketAddress(LOOPBACK, 0) },
    dynamic_resources: { lds_config: fromFile(listenersFile), cds_config: fromFile(clustersFile) },
    layered_runtime: { layers: [{ name: 'static', static_layer: RUNTIME }] },
  };
}
