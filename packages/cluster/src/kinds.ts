import type { KindOfGroup } from './cluster.js';

/** The group of Istio's route rules. */
export const ISTIO_GROUP = 'networking.istio.io';

const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

/** The kinds on which responses to requests depend, beside Services and pods: those of the model, and those that it passes over. */
export const RULE_KINDS: readonly KindOfGroup[] = [
  { group: ISTIO_GROUP, kind: 'VirtualService', plural: 'virtualservices' },
  { group: ISTIO_GROUP, kind: 'DestinationRule', plural: 'destinationrules' },
  { group: ISTIO_GROUP, kind: 'Gateway', plural: 'gateways' },
  { group: ISTIO_GROUP, kind: 'ServiceEntry', plural: 'serviceentries' },
  { group: ISTIO_GROUP, kind: 'Sidecar', plural: 'sidecars' },
  { group: ISTIO_GROUP, kind: 'EnvoyFilter', plural: 'envoyfilters' },
  { group: ISTIO_GROUP, kind: 'WorkloadEntry', plural: 'workloadentries' },
  { group: GATEWAY_API_GROUP, kind: 'Gateway', plural: 'gateways' },
  { group: GATEWAY_API_GROUP, kind: 'HTTPRoute', plural: 'httproutes' },
  { group: GATEWAY_API_GROUP, kind: 'GRPCRoute', plural: 'grpcroutes' },
  { group: GATEWAY_API_GROUP, kind: 'ReferenceGrant', plural: 'referencegrants' },
  { group: 'security.istio.io', kind: 'AuthorizationPolicy', plural: 'authorizationpolicies' },
  { group: 'security.istio.io', kind: 'PeerAuthentication', plural: 'peerauthentications' },
  { group: 'security.istio.io', kind: 'RequestAuthentication', plural: 'requestauthentications' },
  { group: 'telemetry.istio.io', kind: 'Telemetry', plural: 'telemetries' },
  { group: 'extensions.istio.io', kind: 'WasmPlugin', plural: 'wasmplugins' },
];

/** Deployments: the workloads whose sidecars send requests. */
export const DEPLOYMENTS: KindOfGroup = { group: 'apps', kind: 'Deployment', plural: 'deployments' };
