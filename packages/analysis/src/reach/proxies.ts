import { compileWithLeftOut, type LeftOut } from '@bookinfo/compiler';
import type { RouteTable } from '@bookinfo/routing';
import type { Client, Model } from '@bookinfo/rules';
import { INGRESS_GATEWAY, sidecarsOf } from '../explain/find-client.js';

/** The routes of one proxy of a mesh, and the rules that it lacks. */
export interface ProxyRoutes {
  /** `namespace/name` of a Deployment; absent for the ingress gateway. */
  from: string | undefined;
  client: Client;
  table: RouteTable;
  leftOut: readonly LeftOut[];
}

/** Compiles the routes of the ingress gateway and of a sidecar of each Deployment. */
export function proxiesOf(model: Model): ProxyRoutes[] {
  const sidecars = Array.from(sidecarsOf(model), ([from, client]) => ({ from, client }));
  return [{ from: undefined, client: INGRESS_GATEWAY }, ...sidecars].map((proxy) => ({
    ...proxy,
    ...compileWithLeftOut(model, proxy.client),
  }));
}
