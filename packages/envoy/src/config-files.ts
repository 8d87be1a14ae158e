import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type RouteTable, PASSTHROUGH } from '@bookinfo/routing';
import { bootstrap } from './bootstrap.js';
import { clusterMessage } from './cluster.js';
import { listenerMessage } from './listener.js';
import type { ListenerOptions } from './listener-options.js';
import { loadAssignment } from './load-assignment.js';
import { typed, type EnvoyMessage } from './protobuf-json.js';
import { ROUTE_CONFIGURATION, routeConfiguration } from './route-configuration.js';

/** A file of Envoy's configuration. */
export interface ConfigFile {
  path: string;
  content: string;
  /** A hash of the content; empty for the bootstrap, which is read once. */
  version: string;
  /** The name of Envoy's statistic that reports the version in use. */
  statistic: string;
}

/** The complete configuration of one Envoy. */
export interface ConfigFiles {
  bootstrap: ConfigFile;
  listeners: ConfigFile;
  routes: ConfigFile;
  clusters: ConfigFile;
  /** One for each EDS cluster: Envoy rejects the endpoints of another cluster in it (source/extensions/clusters/eds). */
  endpoints: ConfigFile[];
}

/**
 * Returns the table as Envoy's file-based xDS, for files in the given folder. No setting of the table is left out.
 *
 * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
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
      typed('envoy.config.route.v3.RouteConfiguration', routeConfiguration(table, listener)),
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
