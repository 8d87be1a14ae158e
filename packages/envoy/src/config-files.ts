import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type RouteTable, PASSTHROUGH } from '@bookinfo/routing';
import { bootstrap } from './bootstrap.js';
import { clusterMessage } from './cluster.js';
import { listenerMessage, type ListenerOptions } from './listener.js';
import { loadAssignment } from './load-assignment.js';
import { typed, type EnvoyMessage } from './message.js';
import { ROUTE_CONFIGURATION, routeConfiguration } from './route-configuration.js';

/** A file of Envoy's configuration. */
export interface ConfigFile {
  path: string;
  content: string;
  /** Alike for like content. */
  version: string;
  /** Of Envoy's statistics the one that says which version it obeys. */
  statistic: string;
}

/** All that one Envoy runs by. */
export interface ConfigFiles {
  bootstrap: ConfigFile;
  listeners: ConfigFile;
  routes: ConfigFile;
  clusters: ConfigFile;
  /** One for each cluster whose type is EDS: Envoy takes no other cluster's endpoints in it (source/extensions/clusters/eds). */
  endpoints: ConfigFile[];
}

/**
 * Writes the table down as Envoy's file-based xDS, for files in the given folder. Everything that the table says is in
 * them: throws an Inexpressible for what Envoy can't be told.
 */
export function configFiles(table: RouteTable, listener: ListenerOptions, folder: string): ConfigFiles {
  const at = (name: string): string => join(folder, `${name}.json`);
  const endpointsAt = (cluster: string): string => at(`endpoints-${encodeURIComponent(cluster)}`);
  const clusters = [...table.clusters.values(), PASSTHROUGH.cluster];
  return {
    bootstrap: file(at('bootstrap'), '', bootstrap(at('listeners'), at('clusters'))),
    listeners: discoveryResponse(at('listeners'), 'listener_manager.lds', [
      typed('envoy.config.listener.v3.Listener', listenerMessage(listener, at('routes'))),
    ]),
    routes: discoveryResponse(at('routes'), `http.${listener.role}.rds.${ROUTE_CONFIGURATION}`, [
      typed('envoy.config.route.v3.RouteConfiguration', routeConfiguration(table, listener.role)),
    ]),
    clusters: discoveryResponse(
      at('clusters'),
      'cluster_manager.cds',
      clusters.map((cluster) =>
        typed('envoy.config.cluster.v3.Cluster', clusterMessage(cluster, endpointsAt(cluster.name))),
      ),
    ),
    endpoints: clusters
      .filter(({ type }) => type === 'EDS')
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
