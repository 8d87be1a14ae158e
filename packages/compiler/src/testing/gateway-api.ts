import type { Client } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { tableOf } from './bookinfo-mesh.js';
import { ownProxyOf } from '../virtual-hosts/gateway-selection.js';
import { SIDECAR } from '@bookinfo/rules/testing';

/** Returns a Service for one version, as in bookinfo-versions.yaml. */
function versionService(workload: string): string {
  const [app, version] = workload.split('-');
  return `
apiVersion: v1
kind: Service
metadata: { name: ${workload} }
spec: { selector: { app: ${app}, version: ${version} }, ports: [{ port: 9080, name: http }] }
---`;
}

/** A Gateway `door` and a Service for each version of reviews. */
export const DOOR_RESOURCES = `${['reviews-v1', 'reviews-v2', 'reviews-v3'].map(versionService).join('')}
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: door }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
`;

export const DOOR = '{ name: door }';
export const REVIEWS = "{ group: '', kind: Service, name: reviews }";

/** Returns an HTTPRoute; `rules` is a YAML flow sequence. */
export function httpRoute(
  rules: string,
  { parent = DOOR, name = 'reviews', namespace = 'default', hostnames = '[]' } = {},
): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${namespace} }
spec: { parentRefs: [${parent}], hostnames: ${hostnames}, rules: ${rules} }
---
`;
}

/** Returns a rule's backendRefs: Services of these versions of reviews, each with an optional weight (`v1:90`). */
export function to(...versions: string[]): string {
  const references = versions.map((text) => {
    const [version, weight] = text.split(':');
    return `{ name: reviews-${version}, port: 9080${weight === undefined ? '' : `, weight: ${weight}`} }`;
  });
  return `backendRefs: [${references.join(', ')}]`;
}

/** Returns the table of a Gateway under these rules, with a Gateway `door` and a Service for each version of reviews. */
export function doorTable(rules: string, { name = 'door', namespace = 'default' } = {}): RouteTable {
  return tableOf(DOOR_RESOURCES + rules, ownProxyOf(name, namespace));
}

/** The same for a sidecar. */
export function meshTable(rules: string, client: Client = SIDECAR): RouteTable {
  return tableOf(DOOR_RESOURCES + rules, client);
}
