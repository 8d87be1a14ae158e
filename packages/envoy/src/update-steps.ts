import type { RouteTable } from '@bookinfo/routing';
import type { ConfigFile, ConfigFiles } from './config-files.js';

/**
 * Returns the tables on the way from one to the next, since Envoy reads each file separately: first the new clusters are added,
 * then the routes are switched, then the old clusters are removed.
 */
export function updateSteps(former: RouteTable, table: RouteTable): RouteTable[] {
  return [{ ...table, clusters: new Map([...former.clusters, ...table.clusters]) }, table];
}

/** Returns the files of a table in the order in which Envoy must apply them: clusters, then what names them. */
export function fileSteps({ endpoints, clusters, routes, listeners }: ConfigFiles): ConfigFile[][] {
  return [
    [...endpoints, clusters],
    [...routes, listeners],
  ];
}
