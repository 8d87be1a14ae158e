import { extension, type EnvoyMessage } from './protobuf-json.js';

export const FAULT_FILTER = 'envoy.filters.http.fault';
export const CORS_FILTER = 'envoy.filters.http.cors';

/** The DNS cache that the dynamic forward proxy's filter and cluster share; Envoy requires both to be equal. */
export const DNS_CACHE: EnvoyMessage = { name: 'dynamic_forward_proxy', dns_lookup_family: 'V4_PREFERRED' };

const filter = (name: string, type: string, message?: EnvoyMessage): EnvoyMessage =>
  extension(name, `envoy.extensions.filters.http.${type}`, message);

/** The HTTP filters in Istio's order (pilot/pkg/networking/core/listener_builder.go): faults apply to preflights too. */
export const HTTP_FILTERS: EnvoyMessage[] = [
  filter(FAULT_FILTER, 'fault.v3.HTTPFault'),
  filter(CORS_FILTER, 'cors.v3.Cors'),
  filter('envoy.filters.http.dynamic_forward_proxy', 'dynamic_forward_proxy.v3.FilterConfig', {
    dns_cache_config: DNS_CACHE,
  }),
  filter('envoy.filters.http.router', 'router.v3.Router'),
];
