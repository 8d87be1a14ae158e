import type { z } from 'zod';
import { locate, type FieldPositions } from './field-positions.js';
import type { FieldPath } from './field-path.js';
import { findKind, type Kind, type kinds } from './kinds/index.js';
import type { Origin } from '@bookinfo/text';

/** Where a resource was written. */
export interface ResourceSource {
  /** The first line of the resource. */
  start: Origin;
  /** The resource as it is written, without defaults, for `get`. */
  manifest: Readonly<Record<string, unknown>>;
  /** Of every field of the document it stands in. */
  positions: FieldPositions;
  /**
   * Of a VirtualService that stands for RouteRules: the key of the one behind each of its rules; undefined for a rule
   * that Istio added by itself.
   */
  rules?: readonly (string | undefined)[];
  /** The way from the top of that document to the resource; empty unless it is an item of a List. */
  path: FieldPath;
}

/** A checked resource: plain data, defaults filled in, told apart by `kind`, the two Gateways by `isOfKind`. */
export type Resource = { [K in Kind]: ResourceOf<K> }[Kind];

/** A resource of that kind. */
export type ResourceOf<K extends Kind> = z.infer<(typeof kinds)[K]> & { source: ResourceSource };
/** A Deployment: pods of one version of a workload. */
export type Deployment = ResourceOf<'Deployment'>;
/** A DestinationPolicy of Istio 0.2: how callers treat the pods of a service. */
export type DestinationPolicy = ResourceOf<'DestinationPolicy'>;
/** A DestinationRule: the versions of a host. */
export type DestinationRule = ResourceOf<'DestinationRule'>;
/** An EgressRule of Istio 0.2: a host outside of the mesh. */
export type EgressRule = ResourceOf<'EgressRule'>;
/** A Gateway of networking.istio.io. */
export type Gateway = ResourceOf<'Gateway'>;
/** A Gateway of gateway.networking.k8s.io, by Istio's name for it. */
export type KubernetesGateway = ResourceOf<'Gateway.gateway.networking.k8s.io'>;
/** An HTTPRoute of gateway.networking.k8s.io: route rules. */
export type HTTPRoute = ResourceOf<'HTTPRoute'>;
/** A ReferenceGrant: which routes of other namespaces may send to the Services of its own. */
export type ReferenceGrant = ResourceOf<'ReferenceGrant'>;
/** A RouteRule of Istio 0.2: a rule for one service. */
export type RouteRule = ResourceOf<'RouteRule'>;
/** A Service: a name and a port for the pods that its selector finds. */
export type Service = ResourceOf<'Service'>;
/** A ServiceAccount: who a workload is. */
export type ServiceAccount = ResourceOf<'ServiceAccount'>;
/** A ServiceEntry: hosts that no Service has. */
export type ServiceEntry = ResourceOf<'ServiceEntry'>;
/** A VirtualService: route rules. */
export type VirtualService = ResourceOf<'VirtualService'>;

/** Its kind, with the group where another group has a kind of that name. */
export function kindOf({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): Kind {
  return findKind(apiVersion, kind) ?? kind;
}

/** Whether it is of that kind, and of that kind's group. */
export function isOfKind<K extends Kind>(resource: Resource, kind: K): resource is ResourceOf<K> & Resource {
  return kindOf(resource) === kind;
}

/** What a resource is called in a mesh, where it can exist once: `VirtualService/default/reviews`. */
export function resourceKey(resource: Pick<Resource, 'apiVersion' | 'kind' | 'metadata'>): string {
  return `${kindOf(resource)}/${resource.metadata.namespace}/${resource.metadata.name}`;
}

/**
 * Where a field of the resource is written, like `['spec', 'http', 0]`. For one that is not written down (a default):
 * what is around it.
 */
export function originOf({ source }: Pick<Resource, 'source'>, path: FieldPath): Origin {
  return locate(source.positions, [...source.path, ...path]) ?? source.start;
}
