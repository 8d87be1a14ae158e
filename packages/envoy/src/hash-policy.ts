import type { HashPolicy } from '@bookinfo/routing';
import { duration, type EnvoyMessage } from './protobuf-json.js';

/** envoy.config.route.v3.RouteAction.HashPolicy. */
export function hashPolicy(policy: HashPolicy): EnvoyMessage {
  switch (policy.kind) {
    case 'header':
      return { header: { header_name: policy.name } };
    case 'cookie': {
      const { name, path, ttlMs } = policy;
      return { cookie: { name, path, ttl: ttlMs === undefined ? undefined : duration(ttlMs) } };
    }
    case 'source-ip':
      return { connection_properties: { source_ip: true } };
    case 'query-parameter':
      return { query_parameter: { name: policy.name } };
  }
}
