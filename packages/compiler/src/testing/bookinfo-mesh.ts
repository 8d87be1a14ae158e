import { compile } from '../compile.js';
import { DEFAULT_MESH_CONFIG, type MeshConfig, modelOf, type Pod } from '@bookinfo/rules';
import {
  type Route,
  type RouteTable,
  type VirtualHost,
  decide,
  Matcher,
  type RouteRequest,
  normalizePath,
  type ForwardAction,
} from '@bookinfo/routing';
import type { Random } from '@bookinfo/effects';
import { PODS, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';

const SERVICES = ['details', 'ratings', 'reviews', 'productpage']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: ${name} }
  ports: [{ port: 9080, name: http }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name} }
spec:
  host: ${name}
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }, { name: v3, labels: { version: v3 } }]
`,
  )
  .join('---');

/** Returns a client's table under the given rules in a mesh of Bookinfo's Services, with subsets v1 to v3 and pods. */
export function tableOf(
  rules: string,
  client = SIDECAR,
  pods: readonly Pod[] = PODS,
  meshConfig: Partial<MeshConfig> = {},
): RouteTable {
  const resources = [...resourcesOf(SERVICES), ...(rules.trim() === '' ? [] : resourcesOf(rules))];
  return compile(modelOf(resources, pods, { ...DEFAULT_MESH_CONFIG, ...meshConfig }), client);
}

/** Returns a request, by default to reviews. */
export function request(overrides: Partial<RouteRequest> = {}): RouteRequest {
  const { path = '/reviews/0', ...others } = overrides;
  return {
    port: 9080,
    method: 'GET',
    scheme: 'http',
    authority: 'reviews:9080',
    path: normalizePath(path),
    headers: {},
    ...others,
  };
}

/** Returns the virtual hosts of one port. */
export function virtualHostsOf(table: RouteTable, port: number): VirtualHost[] {
  return (table.routeConfigurations.get(port) ?? []).flatMap(({ virtualHosts }) => virtualHosts);
}

/** Returns the routes of the virtual host with this domain. */
export function routesOf(table: RouteTable, domain: string, port = 9080): readonly Route[] {
  return virtualHostsOf(table, port).find(({ domains }) => domains.includes(domain))?.routes ?? [];
}

/** Returns the actions of those routes that forward. */
export function forwardsOf(table: RouteTable, domain: string, port = 9080): ForwardAction[] {
  return routesOf(table, domain, port).flatMap(({ action }) => (action.kind === 'forward' ? [action] : []));
}

/** Returns the outcome of a request as text: the pods that it may reach, or the response of the proxy. */
export function outcomeOf(
  table: RouteTable,
  asked: Partial<RouteRequest> = {},
  random: Random = noDraw,
): string {
  const { delayMs, outcome } = decide(new Matcher(table), request({ port: portOf(table), ...asked }), random);
  const delayed = delayMs > 0 ? `after ${delayMs} ms: ` : '';
  if (outcome.kind === 'forward') {
    return `${delayed}${outcome.cluster.endpoints.map((endpoint) => endpoint.pod).join(' ') || 'no pod'}`;
  }
  if (outcome.kind === 'abort') return `${delayed}abort ${outcome.httpStatus}`;
  return outcome.kind === 'cluster-not-found' ? `no cluster ${outcome.weightedCluster?.name}` : outcome.kind;
}

/** Returns the port of a gateway's listener, or of Bookinfo's Services. */
function portOf({ unmatchedHost }: RouteTable): number {
  return unmatchedHost === 'not-found' ? 80 : 9080;
}

/** Throws: for decisions that must not depend on a random number. */
export function noDraw(): number {
  throw new Error('a random number was drawn where the outcome is certain');
}
