import type { Kind } from '@bookinfo/rules';

/** What `get` can show: every kind of resource, and the pods that Deployments have. */
export type ShownKind = Kind | 'Pod';

interface KindNames {
  singular: string;
  plural: string;
  shortNames: readonly string[];
  /** Empty for Kubernetes' core group. */
  group: string;
}

/** As Kubernetes and Istio's custom resource definitions spell them, in the order in which `get all` shows them. */
const KIND_NAMES: Readonly<Record<ShownKind, KindNames>> = {
  Pod: { singular: 'pod', plural: 'pods', shortNames: ['po'], group: '' },
  Service: { singular: 'service', plural: 'services', shortNames: ['svc'], group: '' },
  ServiceAccount: { singular: 'serviceaccount', plural: 'serviceaccounts', shortNames: ['sa'], group: '' },
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

/** All kinds that `get` knows. */
export const SHOWN_KINDS = Object.keys(KIND_NAMES) as ShownKind[];

/** The kinds that a person means by `vs`, `virtualservices` or `VirtualService`; `gateway` is one of two groups. */
export function findKinds(text: string): ShownKind[] {
  const wanted = text.toLowerCase();
  return SHOWN_KINDS.filter((kind) => spellings(kind).includes(wanted));
}

/** Every way to write a kind, the shortest last: its names with and without the group, and its short names. */
export function spellings(kind: ShownKind): string[] {
  const { singular, plural, shortNames, group } = KIND_NAMES[kind];
  const full = group === '' ? [] : [`${singular}.${group}`, `${plural}.${group}`];
  return [...full, plural, singular, ...shortNames];
}

/** `virtualservice.networking.istio.io`, `service`: how kubectl writes a kind before a name. */
export function qualifiedKind(kind: ShownKind): string {
  const { singular, group } = KIND_NAMES[kind];
  return group === '' ? singular : `${singular}.${group}`;
}

/** The same in the plural, as in kubectl's messages about something that it did not find. */
export function qualifiedPlural(kind: ShownKind): string {
  const { plural, group } = KIND_NAMES[kind];
  return group === '' ? plural : `${plural}.${group}`;
}
