/** The port on which a witness listens to connections from its own pod, which are those of port-forward. */
export const WITNESS_PORT = 15_100;

const DNS = { dns_cache_config: { name: 'dns', dns_lookup_family: 'ALL' } };

/**
 * Returns the configuration of an Envoy that makes the connections of CONNECT requests, to the hosts that these name (Envoy:
 * HTTP upgrades, "CONNECT support"; dynamic forward proxy).
 */
export function witnessConfig(): unknown {
  const connectionManager = {
    ...typed('filters.network.http_connection_manager.v3.HttpConnectionManager'),
    stat_prefix: 'witness',
    upgrade_configs: [{ upgrade_type: 'CONNECT' }],
    route_config: {
      virtual_hosts: [{ name: 'all', domains: ['*'], routes: [route()] }],
    },
    http_filters: [
      {
        name: 'dns',
        typed_config: { ...typed('filters.http.dynamic_forward_proxy.v3.FilterConfig'), ...DNS },
      },
      { name: 'router', typed_config: typed('filters.http.router.v3.Router') },
    ],
  };
  const listener = {
    // Only those who may forward ports of the pod reach it.
    address: { socket_address: { address: '127.0.0.1', port_value: WITNESS_PORT } },
    filter_chains: [{ filters: [{ name: 'http', typed_config: connectionManager }] }],
  };
  const cluster = {
    name: 'called',
    lb_policy: 'CLUSTER_PROVIDED',
    cluster_type: {
      name: 'called',
      typed_config: { ...typed('clusters.dynamic_forward_proxy.v3.ClusterConfig'), ...DNS },
    },
  };
  return { static_resources: { listeners: [listener], clusters: [cluster] } };
}

function route(): unknown {
  const upgrade = { upgrade_type: 'CONNECT', connect_config: {} };
  return {
    match: { connect_matcher: {} },
    route: { cluster: 'called', timeout: '0s', upgrade_configs: [upgrade] },
  };
}

function typed(name: string): { '@type': string } {
  return { '@type': `type.googleapis.com/envoy.extensions.${name}` };
}
