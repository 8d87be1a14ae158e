import type { z } from 'zod';
import { locate, type FieldPositions } from './field-positions.js';
import type { FieldPath } from './field-path.js';
import { findKind, type Kind, type kinds } from './kinds/index.js';
import type { Origin } from '@bookinfo/text';

/** The position of a resource in its file. */
export interface ResourceSource {
  /** The first line of the resource. */
  start: Origin;
  /** The resource as it is written, without defaults, for `get`. */
  manifest: Readonly<Record<string, unknown>>;
  /** The positions of all fields of its document. */
  positions: FieldPositions;
  /**
   * For a VirtualService that RouteRules were converted to: the key of the RouteRule of each http rule, undefined for the
   * default rule of Istio 0.2.
   */
  rules?: readonly (string | undefined)[];
  /** The path of the resource in its document; empty unless it is an item of a List. */
  path: FieldPath;
}

/** A valid resource: plain data with defaults, discriminated by `kind`; `isOfKind` discriminates the two Gateways. */
export type Resource = { [K in Kind]: ResourceOf<K> }[Kind];

/** A resource of one kind. */
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
/** A Gateway of gateway.networking.k8s.io; the name is Istio's. */
export type KubernetesGateway = ResourceOf<'Gateway.gateway.networking.k8s.io'>;
/** An HTTPRoute of gateway.networking.k8s.io: route rules. */
export type HTTPRoute = ResourceOf<'HTTPRoute'>;
/** A Namespace: the labels of a namespace. */
export type Namespace = ResourceOf<'Namespace'>;
/** A ReferenceGrant: which routes of other namespaces may send to the Services of its namespace. */
export type ReferenceGrant = ResourceOf<'ReferenceGrant'>;
/** A RouteRule of Istio 0.2: a rule for one service. */
export type RouteRule = ResourceOf<'RouteRule'>;
/** A Secret: a certificate and its key, for servers of HTTPS. */
export type Secret = ResourceOf<'Secret'>;
/** A Service: a name and ports for the pods that its selector matches. */
export type Service = ResourceOf<'Service'>;
/** A ServiceAccount: the identity of a workload. */
export type ServiceAccount = ResourceOf<'ServiceAccount'>;
/** A ServiceEntry: hosts without a Service. */
export type ServiceEntry = ResourceOf<'ServiceEntry'>;
/** A Sidecar: what the sidecars of workloads have of the mesh. */
export type Sidecar = ResourceOf<'Sidecar'>;
/** A Telemetry: what proxies report of requests. */
export type Telemetry = ResourceOf<'Telemetry'>;
/** A VirtualService: route rules. */
export type VirtualService = ResourceOf<'VirtualService'>;

/** Returns the kind of a resource, with its group if another group has a kind of that name. */
export function kindOf({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): Kind {
  return findKind(apiVersion, kind) ?? kind;
}

/** Returns true if the resource is of the kind and of its group. */
export function isOfKind<K extends Kind>(resource: Resource, kind: K): resource is ResourceOf<K> & Resource {
  // Few resources have the name of the kind, and comparing it takes less time than reading the group.
  return kind.startsWith(resource.kind) && kindOf(resource) === kind;
}

/** Returns the unique name of a resource in a mesh: `VirtualService/default/reviews`. */
export function resourceKey(resource: Pick<Resource, 'apiVersion' | 'kind' | 'metadata'>): string {
  return `${kindOf(resource)}/${resource.metadata.namespace}/${resource.metadata.name}`;
}

/** Returns the position of a field of the resource, such as `['spec', 'http', 0]`; for a default, that of the field around it. */
export function originOf({ source }: Pick<Resource, 'source'>, path: FieldPath): Origin {
  return locate(source.positions, [...source.path, ...path]) ?? source.start;
}
