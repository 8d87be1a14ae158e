import type { CorsPolicy } from '@bookinfo/routing';
import { stringMatcher, typed, type EnvoyMessage } from './protobuf-json.js';

/** envoy.extensions.filters.http.cors.v3.CorsPolicy: the configuration of the cors filter for a route. */
export function corsPolicy(policy: CorsPolicy): EnvoyMessage {
  return typed('envoy.extensions.filters.http.cors.v3.CorsPolicy', {
    allow_origin_string_match: policy.allowOrigins.map(stringMatcher),
    allow_methods: policy.allowMethods,
    allow_headers: policy.allowHeaders,
    expose_headers: policy.exposeHeaders,
    ...(policy.maxAge !== undefined && { max_age: String(policy.maxAge) }),
    allow_credentials: policy.allowCredentials,
    forward_not_matching_preflights: policy.forwardUnmatchedPreflights,
    filter_enabled: { default_value: { numerator: 100 } },
  });
}
