import type { z } from 'zod';
import { locate, type FieldPositions } from './field-positions.js';
import type { FieldPath } from './field-path.js';
import type { Kind, kinds } from './kinds/index.js';
import type { Origin } from './origin.js';

/** Where a resource was written. */
export interface ResourceSource {
  /** The first line of the resource. */
  start: Origin;
  /** Of every field of the document it stands in. */
  positions: FieldPositions;
  /** The way from the top of that document to the resource; empty unless it is an item of a List. */
  path: FieldPath;
}

/** A checked resource: plain data, defaults filled in, told apart by `kind`. */
export type Resource = { [K in Kind]: z.infer<(typeof kinds)[K]> & { source: ResourceSource } }[Kind];

type ResourceOf<K extends Kind> = Extract<Resource, { kind: K }>;
/** A Deployment: pods of one version of a workload. */
export type Deployment = ResourceOf<'Deployment'>;
/** A DestinationRule: the versions of a host. */
export type DestinationRule = ResourceOf<'DestinationRule'>;
/** A Gateway of networking.istio.io. */
export type Gateway = ResourceOf<'Gateway'>;
/** A Service: a name and a port for the pods that its selector finds. */
export type Service = ResourceOf<'Service'>;
/** A ServiceAccount: who a workload is. */
export type ServiceAccount = ResourceOf<'ServiceAccount'>;
/** A ServiceEntry: hosts that no Service has. */
export type ServiceEntry = ResourceOf<'ServiceEntry'>;
/** A VirtualService: route rules. */
export type VirtualService = ResourceOf<'VirtualService'>;

/** What a resource is called in a mesh, where it can exist once: `VirtualService/default/reviews`. */
export function resourceKey({ kind, metadata }: Pick<Resource, 'kind' | 'metadata'>): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}

/**
 * Where a field of the resource is written, like `['spec', 'http', 0]`. For one that is not written down (a default):
 * what is around it.
 */
export function originOf({ source }: Pick<Resource, 'source'>, path: FieldPath): Origin {
  return locate(source.positions, [...source.path, ...path]) ?? source.start;
}
