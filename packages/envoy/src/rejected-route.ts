import { join } from 'node:path';
import type { Route, RouteTable } from '@bookinfo/routing';

import type { ListenerOptions } from './listener-options.js';
import type { EnvoyMessage } from './protobuf-json.js';
import { routeMessage } from './route.js';
import { validatedBootstrap, validationError } from './validation.js';

interface Candidate {
  route: Route;
  message: EnvoyMessage;
}

/**
 * Returns the first route of the table that Envoy rejects alone, of those that the former table, if any, does not have;
 * undefined when there is none. Asks Envoy about half of the routes at a time, in its validation mode, which no traffic sees.
 *
 * @param executable the path of Envoy
 * @param folder for the configurations to validate
 */
export async function rejectedRoute(
  table: RouteTable,
  former: RouteTable | undefined,
  listener: ListenerOptions,
  { executable, folder }: { executable: string; folder: string },
): Promise<Route | undefined> {
  const path = join(folder, 'validation.json');
  const isRejected = async (routes: readonly Candidate[]): Promise<boolean> =>
    (await validationError(configurationOf(routes, listener), executable, path)) !== undefined;
  const known = new Set(
    (former ? routesOf(former, listener) : []).map(({ message }) => JSON.stringify(message)),
  );
  let routes = routesOf(table, listener).filter(({ message }) => !known.has(JSON.stringify(message)));
  if (!(await isRejected(routes))) return undefined;
  while (routes.length > 1) {
    const half = routes.slice(0, Math.ceil(routes.length / 2));
    routes = (await isRejected(half)) ? half : routes.slice(half.length);
  }
  return routes[0]?.route;
}

function routesOf({ routeConfigurations }: RouteTable, { role, listenerPort }: ListenerOptions): Candidate[] {
  return [...routeConfigurations]
    .filter(([port]) => role === 'sidecar' || port === listenerPort)
    .flatMap(([port, configurations]) =>
      configurations
        .flatMap(({ virtualHosts }) => virtualHosts)
        .flatMap(({ routes }) => routes.map((route) => ({ route, message: routeMessage(route, port) }))),
    );
}

function configurationOf(routes: readonly Candidate[], listener: ListenerOptions): EnvoyMessage {
  const virtualHost = { name: 'all', domains: ['*'], routes: routes.map(({ message }) => message) };
  const route_config = { name: 'routes', virtual_hosts: [virtualHost], validate_clusters: false };
  return validatedBootstrap(listener, route_config);
}
