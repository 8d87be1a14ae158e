import type { CorsPolicy } from '@bookinfo/routing';
import { typed, type EnvoyMessage } from './message.js';
import { stringMatcher } from './string-match.js';

/** What the cors filter does on a route (envoy.extensions.filters.http.cors.v3.CorsPolicy). */
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
