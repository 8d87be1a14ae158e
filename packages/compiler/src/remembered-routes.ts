import type { Registry, VirtualService, Client } from '@bookinfo/rules';
import type { Listener } from './listener.js';
import type { Route } from '@bookinfo/routing';

interface Remembered {
  registry: Registry;
  istioVersion: string;
  routes: readonly Route[];
}

/** By gateway and port. */
type OfClient = Map<string, Remembered>;

const remembered = new WeakMap<VirtualService, WeakMap<Client, OfClient>>();

/**
 * What `compileRoutes` made of the VirtualService for the same listener before: so one changed file costs little in a mesh of
 * a thousand, and what is indexed of the routes is kept. Not for rules that delegate: they depend on others.
 */
export function rememberedRoutes(
  virtualService: VirtualService,
  listener: Listener,
  compileRoutes: (virtualService: VirtualService, listener: Listener) => readonly Route[],
): readonly Route[] {
  if (virtualService.spec.http.some(({ delegate }) => delegate))
    return compileRoutes(virtualService, listener);
  const { registry, istioVersion, gateway, port } = listener;
  const ofClient = ofClientOf(virtualService, listener.client);
  const key = `${gateway} ${port}`;
  const found = ofClient.get(key);
  if (found && found.registry === registry && found.istioVersion === istioVersion) return found.routes;
  const routes = compileRoutes(virtualService, listener);
  ofClient.set(key, { registry, istioVersion, routes });
  return routes;
}

function ofClientOf(virtualService: VirtualService, client: Client): OfClient {
  let byClient = remembered.get(virtualService);
  if (!byClient) remembered.set(virtualService, (byClient = new WeakMap()));
  let ofClient = byClient.get(client);
  if (!ofClient) byClient.set(client, (ofClient = new Map()));
  return ofClient;
}
