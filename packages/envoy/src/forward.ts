import type { ForwardAction, RequestMirrorPolicy, WeightedCluster } from '@bookinfo/routing';
import { hashPolicy } from './hash-policy.js';
import { headerMutations } from './header-mutations.js';
import { pathRewrite } from './path-rewrite.js';
import { duration, fractionalPercent, type EnvoyMessage } from './protobuf-json.js';
import { retryPolicy } from './retry-policy.js';

/** Returns the field `route` (envoy.config.route.v3.RouteAction), or `direct_response` when no cluster has a weight. */
export function forwardAction(action: ForwardAction): EnvoyMessage {
  const { weightedClusters, clusterNotFoundStatus: status } = action;
  // Envoy requires at least one cluster; Istio writes a direct response too (pilot/pkg/config/kube/gateway/conversion.go).
  if (weightedClusters.length === 0) return { direct_response: { status } };
  return {
    route: {
      weighted_clusters: { clusters: weightedClusters.map(clusterWeight) },
      cluster_not_found_response_code: status === 500 ? 'INTERNAL_SERVER_ERROR' : 'SERVICE_UNAVAILABLE',
      timeout: duration(action.timeoutMs),
      retry_policy: retryPolicy(action.retryPolicy),
      ...(action.rewrite && pathRewrite(action.rewrite)),
      host_rewrite_literal: action.hostRewrite,
      request_mirror_policies: action.mirrors.map(requestMirrorPolicy),
      hash_policy: action.hashPolicies.map(hashPolicy),
    },
  };
}

function clusterWeight(cluster: WeightedCluster): EnvoyMessage {
  return {
    name: cluster.name,
    weight: cluster.weight,
    host_rewrite_literal: cluster.hostRewrite,
    ...headerMutations(cluster),
  };
}

function requestMirrorPolicy(mirror: RequestMirrorPolicy): EnvoyMessage {
  return {
    cluster: mirror.cluster,
    runtime_fraction: { default_value: fractionalPercent(mirror.percentage) },
    disable_shadow_host_suffix_append: !mirror.shadowHostSuffix,
    trace_sampled: false,
  };
}
