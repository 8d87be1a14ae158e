import { compileWithLeftOut, gatewayProxies, type LeftOut } from '@bookinfo/compiler';
import type { RouteRequest, RouteTable, VirtualHost } from '@bookinfo/routing';
import type { Client, Model, Registry } from '@bookinfo/rules';
import { sidecarsOf } from '../explain/find-client.js';

/** The routes of one proxy of a mesh, and the rules that it lacks. */
export interface ProxyRoutes {
  /** `namespace/name` of a Deployment; absent for the ingress gateway. */
  from: string | undefined;
  client: Client;
  table: RouteTable;
  /** The virtual hosts that clients have a reason to call. */
  called: readonly CalledHost[];
  leftOut: readonly LeftOut[];
}

/** A virtual host at a port. */
export interface CalledHost {
  port: number;
  /** That of its clients. */
  scheme: RouteRequest['scheme'];
  virtualHost: VirtualHost;
}

/** Returns the virtual hosts of a table. */
export function hostsOf(routeConfigurations: RouteTable['routeConfigurations']): CalledHost[] {
  return [...routeConfigurations].flatMap(([port, configurations]) =>
    configurations.flatMap(({ serverNames, virtualHosts }) =>
      virtualHosts.map((virtualHost) => ({ port, scheme: serverNames ? 'https' : 'http', virtualHost })),
    ),
  );
}

/** Compiles the routes of each gateway and of a sidecar of each Deployment. */
export function proxiesOf(model: Model): ProxyRoutes[] {
  const sidecars = Array.from(sidecarsOf(model), ([from, client]) => ({ from, client }));
  const gateways = gatewayProxies(model.resources).map(({ name, client, isIngress }) => ({
    from: isIngress ? undefined : `${client.namespace}/${name}`,
    client,
  }));
  return [...gateways, ...sidecars].map((proxy) => {
    const { table, leftOut } = compileWithLeftOut(model, proxy.client);
    return { ...proxy, table, called: calledHosts(table, proxy.client, model.registry), leftOut };
  });
}

/** Sidecars have the rules of a Service at port 80 too, also of one without that port, which no client calls there. */
function calledHosts(
  { routeConfigurations }: RouteTable,
  { kind }: Client,
  registry: Registry,
): CalledHost[] {
  return hostsOf(routeConfigurations).filter(({ port, virtualHost }) => {
    const service = registry.service(virtualHost.name.replace(/:\d+$/, ''), '');
    return (
      kind === 'gateway' ||
      service?.resolution !== 'PODS' ||
      service.ports.some(({ number }) => number === port)
    );
  });
}
