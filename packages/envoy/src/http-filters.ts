import { extension, type EnvoyMessage } from './message.js';

export const FAULT_FILTER = 'envoy.filters.http.fault';
export const CORS_FILTER = 'envoy.filters.http.cors';

/** Shared by the filter that looks names up and the clusters that connect to them; both must be alike. */
export const DNS_CACHE: EnvoyMessage = { name: 'names_that_clients_call', dns_lookup_family: 'V4_PREFERRED' };

const filter = (name: string, type: string, message?: EnvoyMessage): EnvoyMessage =>
  extension(name, `envoy.extensions.filters.http.${type}`, message);

/** In Istio's order (pilot/pkg/networking/core/listener_builder.go): a preflight, too, may meet a fault. */
export const HTTP_FILTERS: EnvoyMessage[] = [
  filter(FAULT_FILTER, 'fault.v3.HTTPFault'),
  filter(CORS_FILTER, 'cors.v3.Cors'),
  filter('envoy.filters.http.dynamic_forward_proxy', 'dynamic_forward_proxy.v3.FilterConfig', {
    dns_cache_config: DNS_CACHE,
  }),
  filter('envoy.filters.http.router', 'router.v3.Router'),
];
