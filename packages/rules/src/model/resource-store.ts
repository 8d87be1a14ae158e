import { isDeepStrictEqual } from 'node:util';
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
 * creationTimestamp) by name and namespace. See istio/istio pilot/pkg/model/config.go, sortConfigByCreationTime.
 */
export function byAge(store: ResourceStore): Resource[] {
  return Array.from(store.values(), ({ resource, createdAt }) => ({
    resource,
    second: Math.floor(createdAt / 1000),
    name: nameOf(resource),
  }))
    .toSorted((a, b) => a.second - b.second || compareText(a.name, b.name))
    .map(({ resource }) => resource);
}

/** Returns the text to sort by; HTTPRoutes are sorted by namespace before name (istio/istio conversion.go, sortRoutesByCreationTime). */
function nameOf({ kind, metadata: { name, namespace } }: Resource): string {
  return kind === 'HTTPRoute' ? `${namespace}\0${name}` : `${name}.${namespace}`;
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
