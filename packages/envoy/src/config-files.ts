import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { inboundTable, type RouteTable, PASSTHROUGH } from '@bookinfo/routing';
import { bootstrap } from './bootstrap.js';
import { capturedListeners } from './captured-listeners.js';
import { clusterMessage, hasEndpointsFile } from './cluster.js';
import { listenerMessage } from './listener.js';
import type { ListenerOptions } from './listener-options.js';
import { loadAssignment } from './load-assignment.js';
import { PASSTHROUGH_CLUSTERS } from './passthrough-clusters.js';
import { typed, type EnvoyMessage } from './protobuf-json.js';
import { ROUTE_CONFIGURATION, routeConfigurations, secureServers } from './route-configuration.js';
import { withSettings } from './tracing.js';

/** A file of Envoy's configuration. */
export interface ConfigFile {
  path: string;
  content: string;
  /** A hash of the content; empty for the bootstrap, which is read once. */
  version: string;
  /** The name of Envoy's statistic that reports the version in use. */
  statistic: string;
}

/** What the configuration of an Envoy depends on, beside its table. */
export interface ConfigOptions extends ListenerOptions {
  /** The port of the pod's application, for the Envoy of a pod whose connections a packet filter redirects. Default: none is. */
  inboundPort?: number;
  /**
   * Path of a Unix socket for the admin endpoint, for an Envoy in a container: it then has Istio's ports for this and its statistics.
   * Default: a free port of 127.0.0.1.
   */
  adminSocket?: string;
}

/** The complete configuration of one Envoy. */
export interface ConfigFiles {
  bootstrap: ConfigFile;
  listeners: ConfigFile;
  /** One for each route configuration. */
  routes: ConfigFile[];
  clusters: ConfigFile;
  /** One for each cluster that has such a file: Envoy rejects the endpoints of another cluster in it (source/extensions/clusters/eds). */
  endpoints: ConfigFile[];
}

/**
 * Returns the table as Envoy's file-based xDS, for files in the given folder. No setting of the table is left out.
 *
 * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
 */
export function configFiles(table: RouteTable, options: ConfigOptions, folder: string): ConfigFiles {
  const at = (name: string): string => join(folder, `${name}.json`);
  const routesAt = (name: string): string => at(`routes-${encodeURIComponent(name)}`);
  const endpointsAt = (cluster: string): string => at(`endpoints-${encodeURIComponent(cluster)}`);
  const { inboundPort } = options;
  const tracing = withSettings(options.tracing, table.tracing);
  const { tracing: _, ...untraced } = options;
  const listener = { ...untraced, ...(tracing && { tracing }) };
  const inbound = inboundPort === undefined ? undefined : { ...listener, inboundPort };
  const inboundClusters = inbound ? inboundTable(inbound.inboundPort).clusters.values() : [];
  const clusters = [...table.clusters.values(), ...inboundClusters, PASSTHROUGH.cluster];
  const listeners = [
    listenerMessage(listener, secureServers(table, options), routesAt),
    ...(inbound ? capturedListeners(table, inbound, routesAt(ROUTE_CONFIGURATION)) : []),
  ];
  return {
    bootstrap: file(at('bootstrap'), '', bootstrap(at('listeners'), at('clusters'), options)),
    listeners: discoveryResponse(
      at('listeners'),
      'listener_manager.lds',
      listeners.map((each) => typed('envoy.config.listener.v3.Listener', each)),
    ),
    routes: routeConfigurations(table, options).map(({ name, routes }) =>
      discoveryResponse(routesAt(name), `http.${options.role}.rds.${name}`, [
        typed('envoy.config.route.v3.RouteConfiguration', routes),
      ]),
    ),
    clusters: discoveryResponse(
      at('clusters'),
      'cluster_manager.cds',
      [
        ...clusters.map((cluster) => clusterMessage(cluster, endpointsAt(cluster.name))),
        ...(inbound ? PASSTHROUGH_CLUSTERS : []),
      ].map((cluster) => typed('envoy.config.cluster.v3.Cluster', cluster)),
    ),
    endpoints: clusters
      .filter(hasEndpointsFile)
      .map((cluster) =>
        discoveryResponse(endpointsAt(cluster.name), `cluster.${cluster.name.replaceAll(':', '_')}`, [
          typed('envoy.config.endpoint.v3.ClusterLoadAssignment', loadAssignment(cluster)),
        ]),
      ),
  };
}

/** envoy.service.discovery.v3.DiscoveryResponse. */
function discoveryResponse(path: string, scope: string, resources: EnvoyMessage[]): ConfigFile {
  const version_info = createHash('sha256').update(JSON.stringify(resources)).digest('hex').slice(0, 16);
  return { ...file(path, version_info, { version_info, resources }), statistic: `${scope}.version_text` };
}

function file(path: string, version: string, message: EnvoyMessage): ConfigFile {
  return { path, version, content: `${JSON.stringify(message, undefined, 2)}\n`, statistic: '' };
}
