import { isDeepStrictEqual } from 'node:util';
import { isService } from '../resources/kinds/gateway-api/parent-reference.js';
import type { Kind } from '../resources/kinds/index.js';
import { kindOf, resourceKey, type Resource } from '../resources/resource.js';

/** A resource and its time of creation, in milliseconds since 1970. */
export interface StoredResource {
  resource: Resource;
  createdAt: number;
}

/** The resources of a mesh by key, in the order of creation. It is immutable, so that a change can be validated first. */
export type ResourceStore = ReadonlyMap<string, StoredResource>;

/** The change of one resource. */
export interface Change {
  kind: Kind;
  name: string;
  namespace: string;
  action: 'created' | 'configured' | 'unchanged' | 'deleted' | 'not found';
}

/** Returns the store with these resources. A replaced resource keeps its time of creation, which decides between two rules. */
export function withResources(
  store: ResourceStore,
  resources: readonly Resource[],
  now: number,
): { store: ResourceStore; changes: Change[] } {
  const next = new Map(store);
  const changes = resources.map((resource) => {
    const key = resourceKey(resource);
    const earlier = next.get(key);
    next.set(key, { resource, createdAt: earlier?.createdAt ?? now });
    if (!earlier) return changeOf(resource, 'created');
    return changeOf(resource, isSame(earlier.resource, resource) ? 'unchanged' : 'configured');
  });
  return { store: next, changes };
}

/** Returns the store without the resources of these names. */
export function withoutResources(
  store: ResourceStore,
  resources: readonly Resource[],
): { store: ResourceStore; changes: Change[] } {
  const next = new Map(store);
  const changes = resources.map((resource) =>
    changeOf(resource, next.delete(resourceKey(resource)) ? 'deleted' : 'not found'),
  );
  return { store: next, changes };
}

/**
 * Returns the resources in Istio's order of precedence: the oldest first, those of one second (the resolution of a
 * creationTimestamp) by name, then namespace (istio/istio pilot/pkg/model/config.go, sortConfigByCreationTime).
 *
 * HTTPRoutes of one second are sorted by namespace first. Istio makes VirtualServices of them, whose names end the name of
 * the route with `~`; those for the Services of a namespace begin with the namespace and the port, if the parent has one
 * (pilot/pkg/config/kube/gateway/route_collections.go, mergeHTTPRoutes; conversion.go, sortRoutesByCreationTime).
 */
export function byAge(store: ResourceStore): Resource[] {
  const entries = [...store.values()];
  const sorted = entries.toSorted(bySecondThen(nameOfRules));
  const httpRoutes = entries.filter(({ resource }) => resource.kind === 'HTTPRoute');
  const sortedRoutes = httpRoutes.toSorted(bySecondThen(nameOfHttpRoute)).values();
  return sorted.map(({ resource }) =>
    resource.kind === 'HTTPRoute' ? (sortedRoutes.next().value?.resource ?? resource) : resource,
  );
}

/** Returns the name of the rules among rules of all kinds, in parts that are compared one after the other. */
function nameOfRules({ kind, metadata: { name, namespace } }: Resource): string[] {
  return kind === 'HTTPRoute' ? [`${namespace}~`, name] : [name, namespace];
}

/** Returns the name of an HTTPRoute among HTTPRoutes, in parts. */
function nameOfHttpRoute(resource: Resource): string[] {
  const { name, namespace } = resource.metadata;
  const isForPort =
    resource.kind === 'HTTPRoute' &&
    resource.spec.parentRefs.some((parent) => isService(parent) && parent.port !== undefined);
  return [namespace, isForPort ? 'port' : 'service', `${name}~`];
}

function bySecondThen(nameOf: (resource: Resource) => string[]) {
  return (a: StoredResource, b: StoredResource): number => {
    const seconds = Math.floor(a.createdAt / 1000) - Math.floor(b.createdAt / 1000);
    return seconds || compareParts(nameOf(a.resource), nameOf(b.resource));
  };
}

/** Compares names of equally many parts, the first part first. */
function compareParts(some: readonly string[], others: readonly string[]): number {
  for (let index = 0; index < some.length; index += 1) {
    const order = compareText(some[index] ?? '', others[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Compares strings by code units, as Go does, independent of the locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function changeOf(resource: Resource, action: Change['action']): Change {
  const { metadata } = resource;
  return { kind: kindOf(resource), name: metadata.name, namespace: metadata.namespace, action };
}

/** Compares resources without their positions. */
function isSame(one: Resource, other: Resource): boolean {
  return isDeepStrictEqual({ ...one, source: undefined }, { ...other, source: undefined });
}
