import type { Kind } from '@bookinfo/rules';

/** The kinds that `get` shows: those of resources, and pods. */
export type ShownKind = Kind | 'Pod';

interface KindNames {
  singular: string;
  plural: string;
  shortNames: readonly string[];
  /** Empty for Kubernetes' core group. */
  group: string;
}

/** The names in Kubernetes and in Istio's custom resource definitions, in the order of `get all`. */
const KIND_NAMES: Readonly<Record<ShownKind, KindNames>> = {
  Pod: { singular: 'pod', plural: 'pods', shortNames: ['po'], group: '' },
  Service: { singular: 'service', plural: 'services', shortNames: ['svc'], group: '' },
  ServiceAccount: { singular: 'serviceaccount', plural: 'serviceaccounts', shortNames: ['sa'], group: '' },
  Namespace: { singular: 'namespace', plural: 'namespaces', shortNames: ['ns'], group: '' },
  Secret: { singular: 'secret', plural: 'secrets', shortNames: [], group: '' },
  Deployment: { singular: 'deployment', plural: 'deployments', shortNames: ['deploy'], group: 'apps' },
  Gateway: { singular: 'gateway', plural: 'gateways', shortNames: ['gw'], group: 'networking.istio.io' },
  VirtualService: {
    singular: 'virtualservice',
    plural: 'virtualservices',
    shortNames: ['vs'],
    group: 'networking.istio.io',
  },
  DestinationRule: {
    singular: 'destinationrule',
    plural: 'destinationrules',
    shortNames: ['dr'],
    group: 'networking.istio.io',
  },
  ServiceEntry: {
    singular: 'serviceentry',
    plural: 'serviceentries',
    shortNames: ['se'],
    group: 'networking.istio.io',
  },
  Sidecar: { singular: 'sidecar', plural: 'sidecars', shortNames: [], group: 'networking.istio.io' },
  Telemetry: { singular: 'telemetry', plural: 'telemetries', shortNames: [], group: 'telemetry.istio.io' },
  'Gateway.gateway.networking.k8s.io': {
    singular: 'gateway',
    plural: 'gateways',
    shortNames: ['gtw'],
    group: 'gateway.networking.k8s.io',
  },
  HTTPRoute: {
    singular: 'httproute',
    plural: 'httproutes',
    shortNames: [],
    group: 'gateway.networking.k8s.io',
  },
  ReferenceGrant: {
    singular: 'referencegrant',
    plural: 'referencegrants',
    shortNames: ['refgrant'],
    group: 'gateway.networking.k8s.io',
  },
  RouteRule: {
    singular: 'routerule',
    plural: 'routerules',
    shortNames: [],
    group: 'config.istio.io',
  },
  DestinationPolicy: {
    singular: 'destinationpolicy',
    plural: 'destinationpolicies',
    shortNames: [],
    group: 'config.istio.io',
  },
  EgressRule: {
    singular: 'egressrule',
    plural: 'egressrules',
    shortNames: [],
    group: 'config.istio.io',
  },
};

/** All kinds that `get` shows, in order. */
export const SHOWN_KINDS = Object.keys(KIND_NAMES) as ShownKind[];

/** Returns the kinds with this name (`vs`, `virtualservices`, `VirtualService`); `gateway` is in two groups. */
export function findKinds(text: string): ShownKind[] {
  const wanted = text.toLowerCase();
  return SHOWN_KINDS.filter((kind) => spellings(kind).includes(wanted));
}

/** Returns all names of a kind, the shortest last: with and without the group, and its short names. */
export function spellings(kind: ShownKind): string[] {
  const { singular, plural, shortNames, group } = KIND_NAMES[kind];
  const full = group === '' ? [] : [`${singular}.${group}`, `${plural}.${group}`];
  return [...full, plural, singular, ...shortNames];
}

/** Returns the kind as kubectl writes it before a name: `virtualservice.networking.istio.io`, `service`. */
export function qualifiedKind(kind: ShownKind): string {
  const { singular, group } = KIND_NAMES[kind];
  return group === '' ? singular : `${singular}.${group}`;
}

/** Returns the plural as in kubectl's "not found" messages: `virtualservices.networking.istio.io`. */
export function qualifiedPlural(kind: ShownKind): string {
  const { plural, group } = KIND_NAMES[kind];
  return group === '' ? plural : `${plural}.${group}`;
}
